import type { Level } from '#db/schema/cases.ts'

export type Authority = { id: number; kind: string; territoryCode: string; sees: string[] }

/** Kinds told at each level (DOMAIN §4, "Told"): N2 the préfecture; N3 the zone, COGIC, the health side, CCED; N4 all the wide-view authorities. */
const TOLD: Record<Level, readonly string[]> = {
  1: [],
  2: ['prefecture', 'prefecture_police'],
  3: ['prefecture', 'prefecture_police', 'coz', 'cogic', 'ars', 'corruss', 'cced'],
  4: ['prefecture', 'prefecture_police', 'coz', 'cogic', 'ars', 'corruss', 'cced', 'anssi', 'ministry'],
}

/**
 * Who is told of an incident: the authorities of the touched territories, and the national ones. `touched` holds each
 * territory of a case and the territories that hold it (region, zone, country).
 */
export function recipientsOfNotice(
  level: Level,
  touched: readonly string[],
  authorities: readonly Authority[],
): Authority[] {
  return authorities.filter((one) => TOLD[level].includes(one.kind) && answersFor(one, touched))
}

/** Is any of it its own, or everything? */
export function answersFor(
  one: Pick<Authority, 'territoryCode' | 'sees'>,
  touched: readonly string[],
): boolean {
  return one.sees.includes('FR') || [one.territoryCode, ...one.sees].some((code) => touched.includes(code))
}

/** First situation report within 30 minutes, then every 30 for two hours, then hourly (DOMAIN §4, N4). Minutes. */
export const SITREP_EVERY_MIN = 30
export const SITREP_DENSE_FOR_MIN = 120
export const SITREP_LATER_MIN = 60

export function nextReportAt(startedAt: Date, now: Date): Date {
  const dense = now.getTime() - startedAt.getTime() < SITREP_DENSE_FOR_MIN * 60_000
  return new Date(now.getTime() + (dense ? SITREP_EVERY_MIN : SITREP_LATER_MIN) * 60_000)
}

/** When the next situation report is owed: the first counted from the start, then at the hour the last one promised. */
export function reportDueAt(startedAt: Date, promisedAt: Date | null): Date {
  return promisedAt ?? new Date(startedAt.getTime() + SITREP_EVERY_MIN * 60_000)
}

/** A territory and what holds it: region, zone. */
export type PlaceHeld = { code: string; parents: readonly string[] }

/** The local annex one authority receives: those of the territories it answers for, and no other's. */
export function annexFor(
  authority: Pick<Authority, 'territoryCode' | 'sees'>,
  annexes: Readonly<Record<string, string>>,
  places: readonly PlaceHeld[],
): string | null {
  const own = Object.entries(annexes).filter(([code]) => {
    const held = [code, ...(places.find((place) => place.code === code)?.parents ?? [])]
    return [authority.territoryCode, ...authority.sees].some((one) => one === 'FR' || held.includes(one))
  })
  return own.length === 0 ? null : own.map(([, text]) => text).join('\n\n')
}
