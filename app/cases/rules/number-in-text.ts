import { isPossiblePhoneNumber, isValidPhoneNumber } from 'libphonenumber-js'

/**
 * Where a telephone number stands in a text already made plain (rules/masking.ts): lower-case letters without accents,
 * ASCII digits, one kind of dash. Judged as a person would: by the way the digits are grouped and by the words around. A
 * date, an hour, the results of tests, a list of départements, a case number are facts, and facts stay.
 */
export type Span = { from: number; to: number }

export function numbersIn(plain: string): Span[] {
  const groups = groupsOf(withoutFacts(plain))
  const found = groups.flatMap((_, at) => candidateAt(plain, groups, at) ?? [])
  // « 05/11 06 39 98 00 01 »: the one written all in one way is the number.
  const best = found.toSorted((a, b) => a.changes - b.changes || a.from - b.from)
  const held = new Set<number>()
  const kept = best.filter(({ groups: [start, end] }) => {
    for (let at = start; at <= end; at += 1) if (held.has(at)) return false
    for (let at = start; at <= end; at += 1) held.add(at)
    return true
  })
  return kept.toSorted((a, b) => a.from - b.from)
}

/** Digits in a row, and what stands between them and the next ones: null when it joins nothing. */
type Group = Span & { digits: string; gap: string | null }

const JOINS = /^(?:[ .\-/()_|\n]{1,4}|[,:])$/

function groupsOf(plain: string): Group[] {
  const found = [...plain.matchAll(/\d+/g)].map(({ 0: digits, index }) => ({
    digits,
    from: index,
    to: index + digits.length,
  }))
  return found.map((one, at) => {
    const gap = plain.slice(one.to, found[at + 1]?.from ?? one.to)
    return { ...one, gap: JOINS.test(gap) && gap.split('\n').length <= 2 ? gap : null }
  })
}

/** `groups`: the first and the last that it takes, a dozen at most. */
type Candidate = Span & { changes: number; groups: [number, number] }

function candidateAt(plain: string, groups: Group[], start: number): Candidate | null {
  const first = groups[start]
  if (!first) return null
  const before = plain.slice(Math.max(0, first.from - 40), first.from)
  const plus = /\+ ?\(? ?$/.exec(before)?.[0]
  // « INC0123456789 » is a reference, « tel0199001234 » is not.
  if (
    /\p{L}$/u.test(before) &&
    !/(?:^|[^\p{L}])(?:tel|port|gsm|fax|numero|num|no|ligne|au|le|t|p)$/u.test(before)
  )
    return null
  const taken: Group[] = []
  let longest: Candidate | null = null
  for (let at = start; at < groups.length && taken.length < 12; at += 1) {
    const group = groups[at]
    if (!group) break
    taken.push(group)
    const digits = taken.map((one) => one.digits).join('')
    if (digits.length > 18) break
    const gaps = taken.slice(0, -1).map(({ gap }) => gap ?? '')
    const beside = { previous: groups[start - 1] ?? null, next: groups[at + 1] ?? null }
    const list = { before, taken, gaps, ...beside, several: () => isOneOfSeveral(groups, start, at) }
    const is = plus ? isAbroad(digits, taken) : isNumber(plain, digits, list)
    if (is && !CODE_GOES_ON.test(plain.slice(group.to, group.to + 12)))
      longest = {
        from: first.from - (plus?.length ?? 0),
        to: group.to,
        changes: changesOf(gaps),
        groups: [start, at],
      }
    if (group.gap === null) break
  }
  return longest
}

/** « 0199001234ab12 » is a code; « 0199001234poste12 » is a number and its extension. */
const CODE_GOES_ON = /^(?!(?:poste|ext|p|x)\d)\p{L}+\d/u

type Written = {
  before: string
  taken: Group[]
  gaps: string[]
  previous: Group | null
  next: Group | null
  several: () => boolean
}

const TIGHT = /^[.\-/,:]$/
/** So far is looked, either way, for those beside it: four numbers. */
const BESIDE = 20

/** « 01-99-00-12-34-06-39-98-00-01 »: whole numbers of five pairs, joined by the very sign that parts their pairs. */
function isOneOfSeveral(groups: Group[], start: number, end: number): boolean {
  const sign = groups[start]?.gap ?? ''
  if (!TIGHT.test(sign)) return false
  let [from, to] = [start, end]
  while (start - from < BESIDE && groups[from - 1]?.gap === sign) from -= 1
  while (to - end < BESIDE && groups[to]?.gap === sign) to += 1
  const row = groups.slice(from, to + 1)
  return (
    end - start === 4 &&
    (start - from) % 5 === 0 &&
    row.length % 5 === 0 &&
    row.every(({ digits }, at) => (at % 5 === 0 ? /^0[1-9]$/ : /^\d\d$/).test(digits))
  )
}

function isNumber(plain: string, digits: string, written: Written): boolean {
  if (written.gaps.join('').split('\n').length > 2) return false
  if (/^00[1-9]/.test(digits)) return isAbroadByZeros(digits, written)
  if (/^0[1-9]\d{8}$/.test(digits)) return isFrench(plain, written)
  if (/^33(?:0?[1-9])\d{8}$/.test(digits))
    return isPlain(written) && /^(?:33|330|33\d{9,10})$/.test(first(written))
  if (OVERSEAS.test(digits)) return isPlain(written)
  // Without its zero, or in eight digits as in Polynésie: only where somebody says that it is dialled.
  return (
    /^(?:[1-9]\d{8}|(?:40|87|88|89)\d{6})$/.test(digits) && isPlain(written) && DIALLED.test(written.before)
  )
}

const OVERSEAS = /^(?:262(?:262|263|69[23])|590(?:590|69[01])|594(?:594|694)|596(?:596|69[67]))\d{6}$/

/** After a plus any grouping is one; but « +10 000 000 appels » is an amount. A plan of numbers grows: eleven digits are enough. */
function isAbroad(digits: string, taken: Group[]): boolean {
  if (digits.length < 8 || digits.length > 15) return false
  if (taken.length > 1 && taken.slice(1).every((group) => group.digits === '000')) return false
  return digits.length >= 11 || isPossiblePhoneNumber(`+${digits}`)
}

function isAbroadByZeros(digits: string, written: Written): boolean {
  const second = written.taken[1]?.digits ?? ''
  const led = first(written).length > 2 || (first(written) === '00' && /^[1-9]\d{0,2}$/.test(second))
  return led && isPlain(written) && isValidPhoneNumber(`+${digits.slice(2)}`)
}

/** The ways a French number of ten digits is grouped. Not 5-5: two postcodes; not 3-3-3-1: a list. */
const GROUPINGS = new Set(
  (
    '10 2-8 4-6 6-4 8-2 1-9 2-2-2-2-2 4-2-2-2 4-2-4 4-3-3 4-4-2 2-4-4 2-3-3-2 2-2-3-3 2-3-2-3 2-2-2-4 2-2-4-2 ' +
    '2-4-2-2 2-2-6 2-6-2 3-3-4 3-3-2-2 3-2-2-3 3-7 7-3 1-3-3-3 1-3-2-2-2 1-1-2-2-2-2 1-1-8 1-1-1-1-1-1-1-1-1-1'
  ).split(' '),
)

function isFrench(plain: string, written: Written): boolean {
  const { taken, gaps, before } = written
  const shape = taken.map(({ digits }) => digits.length).join('-')
  if (!GROUPINGS.has(shape) || !isPlain(written) || isMoment(taken, gaps)) return false
  if (shape === '10') return !REFERENCE.test(before)
  if (shape === '1-9') return !/[.,]/.test(gaps[0] ?? '')
  if (taken.length > 6) return !isRising(taken.map(({ digits }) => Number(digits)))
  return !isList(plain, written)
}

/** One way of parting the groups, or two (an area code apart): « 05/10 10/10 04/10 » are results of tests. */
function isPlain({ taken, gaps, next, previous, several }: Written): boolean {
  const kinds = gaps.map(kindOf)
  if (changesOf(gaps) > 1 || kinds.slice(1).some((kind, at) => kind === '/' && kinds[at] !== '/'))
    return false
  if (kinds.some((kind) => ',:'.includes(kind)) && (changesOf(gaps) > 0 || taken.length !== 5)) return false
  // A piece of something longer, parted the same way: a version, a hardware address, hours of opening.
  const after = taken.at(-1)?.gap ?? ''
  const tight = (gap: string | null) => gap !== null && TIGHT.test(gap) && kinds.includes(gap)
  return several() || (!(next && tight(after)) && !(previous && tight(previous.gap)))
}

// A list of counts, minutes, days or départements, told by what stands after it or before.
function isList(plain: string, { before, taken, previous, next }: Written): boolean {
  if (taken.some(({ digits }) => digits.length !== 2)) return false
  const values = taken.map(({ digits }) => Number(digits))
  if (DEPARTEMENTS.test(before) && values.every((value) => value >= 1 && value <= 95)) return true
  const last = taken.at(-1)
  const rising = isRising(values)
  const goesOn =
    (last?.gap && next?.digits.length === 2 && Number(next.digits) > Number(last.digits)) ||
    (previous?.gap && previous.digits.length === 2 && Number(previous.digits) < Number(taken[0]?.digits))
  if (rising && goesOn) return true
  // No more is looked at: a long row of figures would be read to its end for each of them.
  const rest = plain.slice(last?.to ?? 0, (last?.to ?? 0) + 80)
  if (rising && (COUNTED_AFTER.test(rest) || COUNTED_BEFORE.test(before))) return true
  return (
    !DIAL_WORD.test(before) &&
    (MEASURE.test(rest) || /^(?: \d\d?)+ ?(?:min|mn|minutes?|sec|%)(?!\p{L})/u.test(rest))
  )
}

/** A day and an hour written with the same signs as a number: « 02.12.26 16.45 », « 02122026 16 ». */
function isMoment(taken: Group[], gaps: string[]): boolean {
  const [a = '', b = '', c = '', d = '', e = ''] = taken.map(({ digits }) => digits)
  switch (taken.map(({ digits }) => digits.length).join('-')) {
    case '2-2-2-2-2': {
      const [ab, bc, cd, de] = gaps.map(kindOf)
      const dateFirst = ab === bc && bc !== cd && ab !== ' ' && isDay(a, b) && isHour(d, e)
      return dateFirst || (cd === de && bc !== cd && cd !== ' ' && isDay(c, d) && isHour(a, b))
    }
    case '2-2-4-2':
      return isDay(a, b) && isYear(c)
    case '2-2-2-4':
      return isDay(a, b) && isHour(d.slice(0, 2), d.slice(2))
    case '8-2':
      return isDay(a.slice(0, 2), a.slice(2, 4)) && isYear(a.slice(4))
    case '6-4':
      return isDay(a.slice(0, 2), a.slice(2, 4)) && isHour(b.slice(0, 2), b.slice(2))
    case '2-8':
      return isYear(b.slice(0, 4)) && isDay(b.slice(6), b.slice(4, 6))
    default:
      return false
  }
}

const isDay = (day: string, month: string) =>
  Number(day) >= 1 && Number(day) <= 31 && Number(month) >= 1 && Number(month) <= 12
const isHour = (hour: string, minute: string) => Number(hour) <= 23 && Number(minute) <= 59
const isYear = (year: string) => /^(?:19|20)\d\d$/.test(year)
const isRising = (values: number[]) => values.every((value, at) => at === 0 || value > (values[at - 1] ?? 0))
const first = ({ taken }: Written) => taken[0]?.digits ?? ''

/** The end of a line parts nothing: a number goes on after it. */
function kindOf(gap: string): string {
  if (gap.includes('\n')) return '\n'
  return gap.replace(/[ ()]/g, '').charAt(0) || ' '
}

function changesOf(gaps: string[]): number {
  const kinds = gaps.map(kindOf).filter((kind) => kind !== '\n')
  return kinds.filter((kind, at) => at > 0 && kind !== kinds[at - 1]).length
}

// Words, folded. `DIAL_WORD` says that what follows may be dialled, `DIALLED` that it is.
const DIALLED =
  /(?:^|[^\p{L}])(?:tel(?:ephone)?|phone|portable|mobile|gsm|fixe|fax|(?:r?appel|joign|compos|contact)\p{L}*|joindre|standard|sda|call(?: back)?|dial)(?: (?:au|le|a|est|est le|on))?[ :.=()]*$/u
const DIAL_WORD =
  /(?:^|[^\p{L}])(?:tel(?:ephone)?s?|phone|portable|mobile|gsm|fixe|fax|(?:r?appel|joign|compos|contact)\p{L}*|joindre|numeros?|n°|standard|ligne|directe?|sda|call|dial|number|repli|au|le|vers|sur|du|to|on)[ :.=()°]*$/u
const REFERENCE =
  /(?:^|[^\p{L}])(?:ref|reference|ticket|dossier|commande|facture|siret|siren|contrat|compte|matricule|serie|serial|order|invoice)[ :.=#-]*(?:n°|no|num|numero)?[ :.=#°-]*$/u
const DEPARTEMENTS =
  /(?:^|[^\p{L}])(?:departements?|dep|dept|depts|dpt|dpts)[^\p{L}\d]{0,4}(?:(?:touches|concernes)[^\p{L}\d]{0,4})?$/u
const MEASURE =
  /^ ?(?:(?:min|mn|minutes?|sec|secondes?|seconds?|ms|heures?|hours?|eur|euros?|km|db|m?hz)(?![\p{L}\d'’])|[%‰€$]|h(?! ?24)(?![\p{L}'’])|s(?=[.,;)\n]|$)|(?:janv|fevr|mars|avr|mai|juin|juil|aout|sept|oct|nov|dec|january|february|march|april|june|july|august)\p{L}*\b)/u
const COUNTED_AFTER =
  /^ ?(?:appels?|calls?|fois|times|essais?|tests?|tentatives?|tries|communes?|departements?|sites?|postes?)(?!\p{L})/u
const COUNTED_BEFORE =
  /(?:^|[^\p{L}])(?:essais?|tests?|minutes?|heures?|releves?|mesures?|valeurs?|comptages?|jours?|codes?|lots?|les|counts?|values?|hours?)(?: a| at)?[ :=(]*$/u

/** What has a shape of its own that no telephone number has, struck out so that nothing is read across it. */
function withoutFacts(plain: string): string {
  return FACTS.reduce((text, fact) => text.replace(fact, (found) => found.replace(/\d/g, 'x')), plain)
}

const FACTS = [
  // already masked
  /(?<!\d)\d\d(?= ••)/g,
  // uuid, IBAN, number of social security, SIRET
  /(?<![\da-f])[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g,
  /(?<![\p{L}\d])[a-z]{2}\d\d(?: ?[a-z\d]{4}){3,7}(?: ?[a-z\d]{1,4})?(?![\p{L}\d])/gu,
  /(?<![\d+])[12] ?\d\d ?[01]\d ?(?:\d\d|2[ab]) ?\d{3} ?\d{3}(?: ?\d\d)?(?!\d)/g,
  /(?<!\d)\d{3} \d{3} \d{3} \d{5}(?!\d)/g,
  // case number, also as it is read aloud
  /(?<!\d)20\d\d[- ]\d{6}[- ]\d(?!\d)/g,
  // IP address, with its mask or port
  /(?<![\d.])(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?:[/:]\d{1,5})?(?![\d.]\d|\d)/g,
  // day, with its hour when it has one
  /(?<!\d)(?:19|20)\d\d([-/.])(?:0?[1-9]|1[0-2])\1(?:3[01]|[12]\d|0?[1-9])(?:[t ]{1,3}\d\d[:.h]?\d\d(?:[:.]?\d\d)?)?(?!\d)/g,
  /(?<!\d[/.-]?)(?:3[01]|[12]\d|0?[1-9])([/. -])(?:1[0-2]|0?[1-9])\1(?:19|20)\d\d(?![/.-]?\d)/g,
  // hour
  /(?<![\d:])(?:2[0-4]|[01]?\d)(?:h| h |:)[0-5]\d(?::[0-5]\d)?(?![\d:])/g,
]
