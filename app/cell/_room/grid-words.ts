import { getLocale, getTranslations } from 'next-intl/server'
import { dateText, hourText } from '#app/_i18n/time.ts'
import { type GridCell, gridOf, worseCell } from '../rules/grid.ts'
import type { Room } from './query.ts'

export type Look = 'n1' | 'n2' | 'n3' | 'n4' | 'ok' | 'warn' | 'calm'

/** One cell in words: what a person reads without knowing the colours. */
export type CellSaid = {
  look: Look
  level: string | null
  cases: string
  /** Passed of tried; null where nobody tried. */
  tests: string | null
  since: string | null
  next: string | null
  late: boolean
  foot: string
}

/** The cells of a row by number, the worst first. */
export type GridSaid = { key: string; name: string; cells: [string, CellSaid][] }[]

const CLEAR_MS = 12 * 3_600_000

/** The grid as it reads now, the worst row first. */
export async function gridWords({ reported, proofs, names }: Room, now: Date): Promise<GridSaid> {
  const [t, causes, locale] = [
    await getTranslations('room.grid'),
    await getTranslations('causes'),
    await getLocale(),
  ]
  // Over midnight too: an hour is clear while the same hour of another day is far.
  const hour = (at: number) =>
    Math.abs(at - now.getTime()) < CLEAR_MS
      ? hourText(new Date(at), locale)
      : dateText(new Date(at), { now, locale })
  const said = (cell: GridCell): CellSaid => ({
    look: lookOf(cell),
    level: cell.level === null ? null : `N${cell.level}`,
    cases: cell.cases > 0 ? t('cases', { count: cell.cases }) : '',
    tests: cell.tried > 0 ? `${cell.passed}/${cell.tried}` : null,
    since: cell.since === null ? null : hour(cell.since),
    next: cell.nextAt === null ? null : hour(cell.nextAt),
    late: cell.late,
    foot: foot(cell),
  })
  // One line, of what changes most what is done.
  const foot = ({ says, stillFailing, cause, fallback, proofAgeMin }: GridCell): string => {
    if (stillFailing) return t('still')
    if (says !== 'restored') {
      if (fallback === 'failing') return t('fallback.failing')
      if (cause) return t('cause', { cause: causes.has(cause as never) ? causes(cause as never) : cause })
      if (fallback) return t('fallback.active')
    }
    return t(`says.${says}`, { minutes: proofAgeMin ?? 0 })
  }
  return gridOf(reported, proofs, now.getTime()).map(({ territory, cells }) => ({
    key: territory,
    name: names[territory] ?? territory,
    cells: Object.entries(cells)
      .sort(([, a], [, b]) => worseCell(a, b))
      .map(([number, cell]) => [number, said(cell)]),
  }))
}

function lookOf({ says, level, stillFailing }: GridCell): Look {
  switch (says) {
    case 'lost':
    case 'partly':
    case 'reported':
    case 'contradicted':
      return `n${level ?? 1}`
    case 'unproved':
      return 'warn'
    case 'restored':
      return stillFailing ? 'n2' : 'ok'
    case 'stale':
      return 'calm'
    case 'proved':
      return 'ok'
  }
}
