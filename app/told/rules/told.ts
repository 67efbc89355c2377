import { SERVICE_KINDS } from '#app/crisis/rules/audiences.ts'
import type { Level } from '#db/schema/cases.ts'
import type { OrganisationKind } from '#db/schema/directory.ts'

/** Who must know of an incident, in the order in which they are called. */
export const PARTIES = [
  'prefecture',
  'services',
  'zone',
  'national',
  'health',
  'ministry',
  'public',
  'media',
] as const
export type Party = (typeof PARTIES)[number]

/** The organisations of each; the public and the media are told by what is published. */
export const KINDS: Record<Party, readonly OrganisationKind[]> = {
  prefecture: ['prefecture', 'prefecture_police'],
  services: SERVICE_KINDS,
  zone: ['coz'],
  national: ['cogic', 'cced'],
  health: ['ars', 'corruss'],
  ministry: ['ministry', 'anssi'],
  public: [],
  media: [],
}

/**
 * Minutes within which each is told, by level (DOMAIN §4, "Told"; authorities within thirty at N3). Services hear it at the same
 * time as their authority: the room that answers is the one that is asked. The public at N3: 47 CFR 4.9(h) gives centres
 * thirty minutes, the public has no shorter clock anywhere; an hour is the second situation report. [D]
 */
const WITHIN_MIN: Record<Level, Partial<Record<Party, number>>> = {
  1: {},
  2: { prefecture: 60, services: 60 },
  3: { prefecture: 30, services: 30, zone: 30, national: 30, health: 30, public: 60 },
  4: {
    prefecture: 30,
    services: 30,
    zone: 30,
    national: 30,
    health: 30,
    ministry: 30,
    public: 60,
    media: 60,
  },
}

/** What is known of one incident: when it became each level, and when each party was first told, as far as anybody was. */
export type ToldFacts = {
  level: Level
  levelSince: Date
  told: Partial<Record<Party, Date | null>>
}
export type Standing = 'told' | 'waiting' | 'late'
export type Owed = { party: Party; withinMin: number; dueAt: Date; toldAt: Date | null; standing: Standing }

/** Who must know by when, each with its clock. A party that was told late is told. */
export function owedTo(facts: ToldFacts, now: Date): Owed[] {
  return PARTIES.flatMap((party) => {
    const withinMin = WITHIN_MIN[facts.level][party]
    if (withinMin === undefined) return []
    const dueAt = new Date(facts.levelSince.getTime() + withinMin * 60_000)
    const toldAt = facts.told[party] ?? null
    const standing: Standing = toldAt ? 'told' : dueAt <= now ? 'late' : 'waiting'
    return [{ party, withinMin, dueAt, toldAt, standing }]
  })
}

export function notToldYet(owed: readonly Owed[]): Owed[] {
  return owed.filter((one) => one.standing !== 'told')
}
