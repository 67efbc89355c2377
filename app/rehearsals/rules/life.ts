import { DEPARTEMENTS, TERRITORIES } from '#db/reference/territories.ts'
import { type Chance, chance } from './chance.ts'
import type { Line } from './line.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Reports a day, of every kind; assumptions that compare rules and predict nothing. */
export const LEVELS = { low: 8, medium: 30, high: 90 } as const
export type Level = keyof typeof LEVELS

export type Life = { seed: number; from: number; days: number; perDay: number }

/** Services of a département: who reports, which numbers it answers. */
export const SERVICES = [
  ['samu', ['15']],
  ['sdis', ['18', '112']],
  ['police_cic', ['17']],
  ['gendarmerie', ['17']],
  ['hospital', ['15']],
  ['prefecture_sidpc', ['15', '18']],
] as const
export type Service = (typeof SERVICES)[number]

export const MAINLAND = DEPARTEMENTS.filter((one) => one.code.length === 2)
export const OVERSEAS = DEPARTEMENTS.filter((one) => one.code.length > 2)
export const OPERATORS = ['Alpha', 'Bravo', 'Charlie', 'Delta', 'Echo', 'Foxtrot']
const REGIONS = TERRITORIES.filter((one) => one.kind === 'region')

export const centreOf = (service: string, code: string) => `${service} ${code}`

const ROUTING = [
  ['NO_RING', 20],
  ['INBOUND_DROP', 12],
  ['INTERMITTENT', 16],
  ['FAST_BUSY', 10],
  ['OUTBOUND_FAIL', 12],
  ['MISROUTED', 8],
  ['MSG_UNALLOCATED', 5],
  ['MSG_CONGESTION', 5],
  ['RING_NO_ANSWER', 5],
  ['DROP_MIDCALL', 7],
  ['LONG_SETUP', 4],
  ['TRANSFER_FAIL', 4],
  ['UNKNOWN', 12],
] as const
const COMFORT = [
  ['NO_CLI', 8],
  ['NO_LOCATION', 8],
  ['POOR_AUDIO', 6],
  ['ONE_WAY_AUDIO', 4],
  ['NO_AUDIO', 2],
] as const
const TECHNOLOGIES = ['volte', '4G', 'box', 'copper', 'trunk SIP', '3g'] as const

/** Of the day: quiet nights, a shoulder at eight, an evening peak at nineteen hours. */
const HOURS = [...[3, 2, 2, 2, 2, 3, 5, 9, 12, 13, 13, 12, 11, 12, 13, 13, 13, 14, 15, 15, 12, 9, 6, 4]]
/** Sunday first. */
const WEEKDAYS = [0.75, 1.1, 1.05, 1.05, 1.05, 1.1, 0.9]

/**
 * A year of ordinary life as a desk hears it: single faults told once or by several services, chronic ones, full rooms,
 * comfort losses, works, exercises, the public, authorities who speak for too much; and weather, which is not rare.
 */
export function ordinaryLife(life: Life): Line[] {
  const luck = chance(life.seed)
  const lines: Line[] = []
  const say = (line: Line) => lines.push(line)
  const until = life.from + life.days * DAY
  const kinds = kindsOf(luck)
  // One fault makes 1.35 reports of its own on average.
  const mean = DAY / (life.perDay / 1.35)
  const peak = Math.max(...HOURS) * Math.max(...WEEKDAYS)
  const average = HOURS.reduce((a, b) => a + b, 0) / 24
  for (let at = life.from; at < until; at += luck.wait((mean * average) / peak)) {
    const local = new Date(at + HOUR)
    const here = (HOURS[local.getUTCHours()] ?? 1) * (WEEKDAYS[local.getUTCDay()] ?? 1)
    if (luck.happens(here / peak)) luck.weighted(kinds)(at, say)
  }
  chronic(life, luck, say)
  weather(life, luck, say)
  return lines.filter((line) => line.at < until).sort((a, b) => a.at - b.at)
}

type Happening = (at: number, say: (line: Line) => void) => void

function kindsOf(luck: Chance): [Happening, number][] {
  const place = placesOf(luck)
  const person = (at: number, kind: string, words: string, verified: boolean): Line => ({
    ...{ at, organisation: `${kind} ${Math.floor(luck.between(0, 1e6))}`, reporterKind: kind },
    ...{ territory: place(), numbers: [luck.one(['15', '17', '18', '112'])], symptom: 'NO_RING' },
    ...{ verified, words },
  })
  const centre = (at: number, said: Partial<Line> & Pick<Line, 'symptom'>): Line => {
    const code = said.territory ?? place()
    const [kind, numbers] = luck.one(SERVICES)
    const base = { at, organisation: centreOf(kind, code), reporterKind: kind, territory: code }
    return { ...base, numbers: [...numbers], verified: true, ...said }
  }
  return [
    [(at, say) => localFault(at, place(), luck, say), 45],
    [(at, say) => say(centre(at, { symptom: luck.weighted(COMFORT) })), 12],
    [
      (at, say) =>
        say(centre(at, { symptom: 'SITE_ALL_DOWN', words: 'Notre autocom a redémarré, tout est tombé.' })),
      6,
    ],
    [(at, say) => say(centre(at, { symptom: luck.one(['USER_BUSY', 'GHOST_CALLS', 'RING_NO_ANSWER']) })), 7],
    [(at, say) => say(person(at, luck.one(['citizen', 'media']), '', false)), 10],
    [(at, say) => say(centre(at, { symptom: 'NONE', numbers: ['18'] })), 8],
    [
      (at, say) => say(centre(at, { symptom: 'NO_RING', words: 'Dans le cadre d’un exercice de bascule.' })),
      1,
    ],
    [
      (at, say) =>
        say({
          ...person(at, 'third_party_operator', 'Travaux programmés cette nuit, impact nul.', true),
          ...{ symptom: 'NONE', territory: 'FR', organisation: luck.one(OPERATORS) },
        }),
      3,
    ],
    [
      (at, say) =>
        say({
          ...person(at, 'third_party_operator', '', true),
          ...{ symptom: luck.weighted(ROUTING), organisation: luck.one(OPERATORS) },
          ...{ operator: luck.one(OPERATORS), technology: luck.one(TECHNOLOGIES) },
        }),
      3,
    ],
    [
      // The form's default: a whole region for one hospital.
      (at, say) => {
        const region = luck.one(REGIONS).code
        say({
          ...{ at, organisation: `ars ${region}`, reporterKind: 'ars', territory: region, wideView: true },
          ...{ numbers: ['15'], symptom: luck.weighted(ROUTING), verified: true },
          ...(luck.happens(0.5) ? { relay: true, words: 'Je relaie un hôpital du territoire.' } : {}),
        })
      },
      2,
    ],
    [
      (at, say) =>
        say({
          ...person(at, 'mairie', '', true),
          organisation: `mairie ${Math.floor(luck.between(0, 3e4))}`,
        }),
      3,
    ],
  ]
}

/** Towns speak more than the country, and the same ones in every year of the desk. */
const DESK = 7
function placesOf(luck: Chance): () => string {
  const desk = chance(DESK)
  const weights = DEPARTEMENTS.map(
    (one) => [one.code, desk.delay(one.code.length > 2 ? 0.4 : 1, 0.7)] as const,
  )
  return () => luck.weighted(weights)
}

/** One fault of one centre; often the other service of its platform says it too, or its mairie, or itself again. */
function localFault(at: number, code: string, luck: Chance, say: (line: Line) => void): void {
  const symptom = luck.weighted(ROUTING)
  const first = luck.one(SERVICES)
  const named = luck.happens(0.15) ? { operator: luck.one(OPERATORS) } : {}
  const through = luck.happens(0.3) ? { technology: luck.one(TECHNOLOGIES) } : {}
  const asked = luck.weighted([
    [{ ordinaryCallsWork: true }, 25],
    [{ ordinaryCallsWork: false }, 12],
    [{}, 63],
  ] as const)
  const tell = (when: number, [kind, numbers]: Service, more: Partial<Line> = {}) =>
    say({
      ...{ at: when, organisation: centreOf(kind, code), reporterKind: kind, territory: code },
      ...{ numbers: [...numbers], symptom, verified: luck.happens(0.95) },
      ...named,
      ...through,
      ...asked,
      ...more,
    })
  tell(at, first)
  const soon = () => at + luck.delay(14, 0.9) * MINUTE
  if (luck.happens(0.22)) tell(soon(), luck.one(SERVICES))
  if (luck.happens(0.1)) tell(at + luck.delay(80, 0.7) * MINUTE, first)
  if (luck.happens(0.08))
    tell(soon(), ['mairie', first[1]] as unknown as Service, { organisation: `mairie de ${code}` })
  if (luck.happens(0.04)) tell(soon(), luck.one(SERVICES), { relay: true })
}

/** Some centres tell the same fault for weeks. */
function chronic(life: Life, luck: Chance, say: (line: Line) => void): void {
  const places = placesOf(luck)
  const mean = (life.perDay * 0.05 * life.days) / 12
  for (let fault = 0; fault < (12 * life.days) / 365; fault += 1) {
    const [kind, numbers] = luck.one(SERVICES)
    const [code, start] = [places(), life.from + luck.between(0, life.days) * DAY]
    const symptom = luck.weighted(ROUTING)
    for (let told = luck.count(mean), at = start; told > 0; told -= 1) {
      at += luck.wait(18 * HOUR)
      say({
        ...{ at, organisation: centreOf(kind, code), reporterKind: kind, territory: code },
        ...{ numbers: [...numbers], symptom, verified: true, words: 'Toujours la même chose.' },
      })
    }
  }
}

/** Storms over a region or two and power cuts under one or two départements: ordinary calls fail too, and most say so. */
function weather(life: Life, luck: Chance, say: (line: Line) => void): void {
  const share = Math.sqrt(life.perDay / 30)
  const blow = (at: number, codes: string[], told: number, hours: number, why: string) => {
    for (let index = 0; index < told; index += 1) {
      const code = luck.one(codes)
      const [kind, numbers] = luck.one(SERVICES)
      const asked = luck.happens(0.6) ? { ordinaryCallsWork: false } : {}
      const words = luck.happens(0.5) ? { words: why } : {}
      say({
        ...{ at: at + luck.between(0, hours) * HOUR, organisation: centreOf(kind, code), territory: code },
        ...{ reporterKind: kind, numbers: [...numbers], symptom: luck.weighted(ROUTING), verified: true },
        ...asked,
        ...words,
      })
    }
  }
  const departementsOf = (regions: string[]) =>
    MAINLAND.filter((one) => regions.includes(one.regionCode ?? '')).map((one) => one.code)
  const mainlandRegions = [...new Set(MAINLAND.map((one) => one.regionCode ?? ''))]
  for (let n = luck.count((8 * life.days) / 365); n > 0; n -= 1) {
    const regions = [luck.one(mainlandRegions), ...(luck.happens(0.3) ? [luck.one(mainlandRegions)] : [])]
    const at = life.from + luck.between(0, life.days) * DAY
    blow(
      at,
      departementsOf(regions),
      3 + luck.count(9 * share),
      luck.between(3, 10),
      'Tempête, des lignes sont à terre.',
    )
  }
  for (let n = luck.count((18 * life.days) / 365); n > 0; n -= 1) {
    const at = life.from + luck.between(0, life.days) * DAY
    const codes = [luck.one(MAINLAND).code]
    blow(at, codes, 1 + luck.count(2.5 * share), luck.between(0.5, 3), 'Coupure de courant, plus de réseau.')
  }
}
