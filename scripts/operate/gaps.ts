export type Struck = {
  name: string
  /** What is aimed at, in words. */
  aim: string
  /** From the loss until another host led. */
  engineMs: number
  /** The longest silence between two acknowledged reports while it lasted. */
  gapMs: number
  seconds: number
  acknowledged: number
}

/** The longest time in which nobody was acknowledged, among the silences that touch this span. */
export function gapOf(acknowledgedAt: number[], from: number, to: number): number {
  const times = acknowledgedAt.toSorted((one, other) => one - other)
  const gaps = times.slice(1).map((time, i) => ({ from: times[i] as number, to: time }))
  const touching = gaps.filter((gap) => gap.from < to && gap.to > from)
  return touching.reduce((longest, gap) => Math.max(longest, gap.to - gap.from), 0)
}

/** One line a loss, then the sums. */
export function tableOf(
  struck: Struck[],
  sums: { acknowledged: number; stored: number; lost: string[]; twice: string[] },
): string {
  const seconds = (ms: number) => (ms / 1000).toFixed(1)
  const rows = [
    ['Lost', 'Acknowledged', 'Gap, s', 'The engine’s own, s', 'Aim'],
    ...struck.map(({ name, acknowledged, gapMs, engineMs, aim }) => [
      name,
      String(acknowledged),
      seconds(gapMs),
      engineMs > 0 ? seconds(engineMs) : '–',
      aim,
    ]),
  ]
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)))
  const lines = rows.map((row) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`)
  lines.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`)
  const { acknowledged, stored, lost, twice } = sums
  return [
    ...lines,
    '',
    `${acknowledged} acknowledged, ${stored} stored, ${lost.length} lost, ${twice.length} twice.`,
  ].join('\n')
}
