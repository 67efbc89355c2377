import { type ClockValues, clockValues } from './thresholds.ts'

const MINUTE = 60_000

/** One run of the thirty minutes as it was stamped; instants in epoch ms. */
export type Run = {
  firstReportAt: number
  secondSiteAt: number | null
  proposedAt: number
  decidedAt: number | null
  declinedAt: number | null
  activatedAt: number | null
  activatedBy: 'person' | 'silence' | null
  firstNoticeAt: number | null
  firstNoticeAckAt: number | null
  endedAt: number | null
  calls: { name: string; at: number; answeredAt: number | null }[]
}

export type StampName =
  | 'first_report'
  | 'second_site'
  | 'proposed'
  | 'called'
  | 'answered'
  | 'decided'
  | 'declined'
  | 'activated'
  | 'activated_silence'
  | 'first_notice'
  | 'first_notice_ack'
  | 'ended'

export type Stamp = {
  step: StampName
  name?: string
  at: number | null
  /** Whole minutes after the first report. */
  delayMin: number | null
  /** The latest instant that keeps the promise, and how many minutes it is after what it counts from. */
  target: { at: number; min: number; from: 'start' | 'call' } | null
  verdict: 'kept' | 'late' | 'running' | null
}

/** Each step of the run with its delay, against what was promised (DOMAIN §4, §5). A step without a promise has no target. */
export function stampsOf(run: Run, now: number, values: ClockValues = clockValues()): Stamp[] {
  const start = run.firstReportAt
  const over = run.endedAt !== null || run.declinedAt !== null
  const from = (min: number) => ({ at: start + min * MINUTE, min, from: 'start' as const })
  const stamp = (
    step: StampName,
    at: number | null,
    target: Stamp['target'] = null,
    name?: string,
  ): Stamp => ({
    step,
    ...(name ? { name } : {}),
    at,
    delayMin: at === null ? null : Math.floor((at - start) / MINUTE),
    target,
    verdict: verdictOf(at, target, now, over),
  })
  const calls = run.calls.flatMap((call) => [
    stamp('called', call.at, null, call.name),
    ...(call.answeredAt === null
      ? []
      : [
          stamp(
            'answered',
            call.answeredAt,
            { at: call.at + values.ladderStepMin * MINUTE, min: values.ladderStepMin, from: 'call' },
            call.name,
          ),
        ]),
  ])
  const refused = run.declinedAt !== null && run.activatedAt === null
  return [
    stamp('first_report', start),
    ...(run.secondSiteAt === null ? [] : [stamp('second_site', run.secondSiteAt)]),
    stamp('proposed', run.proposedAt),
    ...calls,
    ...(refused
      ? [stamp('declined', run.declinedAt)]
      : [
          ...(run.activatedBy === 'silence' ? [] : [stamp('decided', run.decidedAt, from(values.clockMin))]),
          stamp(
            run.activatedBy === 'silence' ? 'activated_silence' : 'activated',
            run.activatedAt,
            from(values.clockMin),
          ),
          stamp('first_notice', run.firstNoticeAt, from(values.clockMin)),
          stamp('first_notice_ack', run.firstNoticeAckAt, from(values.clockMin + values.noticeAckMin)),
        ]),
    ...(run.endedAt === null ? [] : [stamp('ended', run.endedAt)]),
  ].sort(byTime)
}

function verdictOf(at: number | null, target: Stamp['target'], now: number, over: boolean): Stamp['verdict'] {
  if (target === null) return null
  if (at !== null) return at <= target.at ? 'kept' : 'late'
  if (now > target.at) return 'late'
  return over ? null : 'running'
}

/** What has not happened stands last, in the order it is due. */
function byTime(a: Stamp, b: Stamp): number {
  if (a.at !== null && b.at !== null) return a.at - b.at
  if (a.at === null && b.at === null) return (a.target?.at ?? 0) - (b.target?.at ?? 0)
  return a.at === null ? 1 : -1
}
