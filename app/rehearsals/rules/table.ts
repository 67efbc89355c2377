import type { Figures } from './rehearse.ts'
import type { Delays } from './score.ts'

/** The figures as a table for a terminal. */
export function tableOf(figures: Figures): string {
  const delays = ({ median, ninety, missed, of }: Delays) =>
    `${cell(median, 8)}${cell(ninety, 7)}${`${missed}/${of}`.padStart(9)}`
  return [
    'SIMULATED: the rates are assumptions; they compare rules and predict nothing.',
    `${figures.level}: ${figures.reportsPerDay} reports a day, ${figures.years} years, nobody answering`,
    `false proposals a year   ${figures.falseProposalsPerYear}`,
    `false activations a year ${figures.falseActivationsPerYear}`,
    '',
    `${'minutes to'.padEnd(30)}${'proposal'.padStart(8)}${'90 %'.padStart(7)}${'missed'.padStart(9)}${'active'.padStart(10)}${'90 %'.padStart(7)}${'missed'.padStart(9)}${'aim'.padStart(6)}`,
    ...figures.failures.map(
      (one) =>
        `${one.name.padEnd(30)}${delays(one.proposed)}  ${delays(one.activated)}${cell(one.aimMin, 6)}`,
    ),
    '',
  ].join('\n')
}

/** The trade-off: what each threshold costs in false proposals, and in minutes. */
export function pictureOf(figures: Figures): string {
  const most = Math.max(1, ...figures.tradeOff.map((one) => one.falsePerYear))
  const lines = figures.tradeOff.map((one) => {
    const medians = Object.values(one.medianMin).filter((minutes) => minutes !== null)
    const mean = medians.length === 0 ? null : Math.round(medians.reduce((a, b) => a + b, 0) / medians.length)
    const bar = '#'.repeat(Math.round((40 * Math.log1p(one.falsePerYear)) / Math.log1p(most)))
    return `${onceIn(one.years).padStart(18)} ${cell(one.falsePerYear, 7)} ${bar.padEnd(40)} ${cell(mean, 5)} min`
  })
  return [
    'proposes what happens   false/yr (log)                                mean of medians',
    ...lines,
    '',
  ].join('\n')
}

function onceIn(years: number): string {
  const days = Math.round(years * 365)
  return days < 60
    ? `once in ${days} days`
    : days < 700
      ? `once in ${Math.round(days / 30.4)} mo`
      : `once in ${Math.round(years)} y`
}

function cell(value: number | null, width: number): string {
  return (value === null ? '-' : String(value)).padStart(width)
}
