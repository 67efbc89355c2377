import { COUNTRY, TERRITORIES, type Territory } from '#db/reference/territories.ts'
import { nameKey } from './name-key.ts'

/** `exact`: the territories it names. `near`: those that hold or are held by them, or where a town of that name lies. */
export type Places = { exact: readonly string[]; near: readonly string[] }

/** Towns worth knowing by name, by their key words; several bear one name. */
export type Towns = ReadonlyMap<string, readonly string[]>

/** Words that tell nothing apart: « préfecture du Rhône », « ici le SAMU de l’Ain, bonjour ». */
const SMALL = new Set(
  'a allo au aux bonjour bonsoir c ce chez d de des du en et ici je l la le les pour nous on s sommes suis sur un une'.split(
    ' ',
  ),
)

/** Names as they are said for short, or were. */
const SAID: Record<string, readonly string[]> = {
  belfort: ['90'],
  corse: ['2A', '2B', 'R94'],
  dom: ['971', '972', '973', '974', '976'],
  antilles: ['971', '972', 'Z-ANTILLES'],
  paca: ['R93'],
  aura: ['R84'],
  idf: ['R11'],
  hdf: ['R32'],
  pdl: ['R52'],
  cvl: ['R24'],
  bfc: ['R27'],
  caledonie: ['988'],
  tahiti: ['987'],
  polynesie: ['987'],
  wallis: ['986'],
  miquelon: ['975'],
  'saint barth': ['977'],
  taaf: ['984'],
}

export function isSmall(word: string): boolean {
  return SMALL.has(word)
}

/** One key for a name, however it is written: no article, no plural, no « St ». */
export function plainKey(name: string): string {
  return spelledOut(nameKey(name).split(' '))
    .filter((word) => !SMALL.has(word))
    .map(singular)
    .join(' ')
}

export function spelledOut(words: readonly string[]): string[] {
  return words.map((word) => (word === 'st' ? 'saint' : word === 'ste' ? 'sainte' : word))
}

export function singular(word: string): string {
  return word.length > 3 ? word.replace(/s$/, '') : word
}

/** The territories these words name; none when they name none. */
export function placesCalled(words: readonly string[], towns: Towns): Places | null {
  const key = words.map(singular).join(' ')
  const exact = [
    ...new Set([
      ...(NAMED.get(key) ?? []),
      ...(Object.hasOwn(SAID, key) ? (SAID[key] ?? []) : []),
      ...byCode(key),
    ]),
  ]
  const lying = towns.get(key) ?? []
  if (exact.length === 0 && lying.length === 0) return null
  return { exact, near: around([...exact, ...lying]).filter((code) => !exact.includes(code)) }
}

/** '69', '1', '2a', '971', '20' as Corsica was, and a postcode: the département it is of. */
function byCode(key: string): string[] {
  if (key === '20') return ['2A', '2B']
  const code = /^\d$/.test(key) ? `0${key}` : key.toUpperCase()
  return BY_CODE.has(code) && code !== COUNTRY ? [code] : []
}

/** The département of a postcode: nearly always, and it only says where to look first. */
export function ofPostcode(postcode: string): string[] {
  const overseas = postcode.slice(0, 3)
  if (/^9[78]/.test(postcode)) return BY_CODE.has(overseas) ? [overseas] : []
  if (/^20[01]/.test(postcode)) return ['2A']
  if (/^20/.test(postcode)) return ['2B']
  return BY_CODE.has(postcode.slice(0, 2)) ? [postcode.slice(0, 2)] : []
}

/** These, what holds them, and what they hold; the country holds everything, and is near to nothing. */
function around(codes: readonly string[]): string[] {
  const near = new Set(codes)
  for (const code of codes) {
    const here = BY_CODE.get(code)
    if (here?.regionCode) near.add(here.regionCode)
    if (here?.zoneCode) near.add(here.zoneCode)
    for (const other of TERRITORIES)
      if (other.regionCode === code || other.zoneCode === code) near.add(other.code)
  }
  near.delete(COUNTRY)
  return [...near]
}

const BY_CODE = new Map<string, Territory>(TERRITORIES.map((one) => [one.code, one]))
const NAMED = namedBy(TERRITORIES)

function namedBy(all: readonly Territory[]): Map<string, string[]> {
  const named = new Map<string, string[]>()
  for (const { code, name } of all)
    for (const key of new Set([plainKey(name), plainKey(name.replace(/^Zone /, ''))]))
      named.set(key, [...(named.get(key) ?? []), code])
  return named
}

/** Towns by their key words. */
export function townsOf(communes: readonly { name: string; departementCode: string }[]): Towns {
  const towns = new Map<string, string[]>()
  for (const { name, departementCode } of communes) {
    const key = plainKey(name)
    const known = towns.get(key)
    if (known) known.push(departementCode)
    else towns.set(key, [departementCode])
  }
  return towns
}
