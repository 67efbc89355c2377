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

/** The trade-off: what each first threshold costs in false proposals, and what it would have found, family by family. */
export function pictureOf({ tradeOff, failures }: Figures): string {
  const most = Math.max(1, ...tradeOff.map((one) => one.falsePerYear))
  const bars = tradeOff.map(({ years, falsePerYear, inForce }) => {
    const bar = '#'.repeat(Math.round((40 * Math.log1p(falsePerYear)) / Math.log1p(most)))
    return `${onceIn(years).padStart(18)} ${cell(falsePerYear, 7)} ${bar.padEnd(40)}${inForce ? ' in force' : ''}`
  })
  const found = failures.map(({ name }) => {
    const cells = tradeOff.map((one) => one.failures[name]).map((one) => one && foundAt(one).padStart(9))
    return `${name.padEnd(24)}${cells.join('')}`
  })
  return [
    'proposes what happens   false/yr (log)',
    ...bars,
    '',
    'minutes to the proposal (median), missed % behind the stroke, at each of them',
    `${''.padEnd(24)}${tradeOff.map(({ years, inForce }) => `${inForce ? '*' : ''}${short(years)}`.padStart(9)).join('')}`,
    ...found,
    '',
  ].join('\n')
}

function foundAt({ median, missed, of }: Delays): string {
  return `${median ?? '-'}/${Math.round((100 * missed) / of)}`
}

function short(years: number): string {
  const days = Math.round(years * 365)
  return days < 365 ? `${days} d` : `${Math.round(years)} y`
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
