import type { OrganisationKind } from '#db/schema/directory.ts'
import type { Term } from './caller-asked.ts'
import { nameKey } from './name-key.ts'
import { isSmall, singular, spelledOut } from './place-words.ts'

/** One line of the directory, with all the words it is found by. */
export type Candidate = {
  name: string
  kind: OrganisationKind
  territory: string
  /** Of its person, if it is a person's line: name, post, number, address. */
  person: string
  /** What the directory keeps for search of the organisation: name, kind, territory, place. */
  search: string
}

/** Greater stands before: how many terms fit, then territory by its code, name, kind, what is near, nothing besides. */
type Rank = readonly number[]

/** The lines that fit best what was asked, best first; those that bear every term, else those that bear the most. */
export function callersFound<T extends Candidate>(terms: readonly Term[], candidates: readonly T[]): T[] {
  if (terms.length === 0) return []
  const ranked = candidates
    .map((one) => ({ one, rank: rankOf(terms, one) }))
    .filter(({ rank }) => (rank[0] ?? 0) > 0)
  const most = Math.max(0, ...ranked.map(({ rank }) => rank[0] ?? 0))
  return ranked
    .filter(({ rank }) => rank[0] === most)
    .sort((a, b) => compare(a.rank, b.rank) || inDirectory(a.one, b.one, placed(a.rank)))
    .map(({ one }) => one)
}

function rankOf(terms: readonly Term[], one: Candidate): Rank {
  const name = keyWords(one.name)
  const words = [...name, ...keyWords(one.search)]
  const person = keyWords(one.person)
  const fits = terms.map((term) => {
    const place = term.places.exact.includes(one.territory)
    const near = term.places.near.includes(one.territory)
    const kind = term.kinds.includes(one.kind)
    const named = bears(name, term.words)
    const called = term.digits !== null && one.person.includes(term.digits)
    const said = named || bears(words, term.words) || bears(person, term.words.filter(isWord)) || called
    return { fits: place || near || kind || said, place, near, kind, named: named || kind }
  })
  const count = (what: keyof (typeof fits)[number]) => fits.filter((fit) => fit[what]).length
  const asked = new Set(terms.flatMap((term) => term.words.map(singular)))
  const whole = name.every((word) => isSmall(word) || asked.has(singular(word)))
  return [count('fits'), count('place'), count('named'), count('kind'), count('near'), Number(whole)]
}

/** A territory was asked for, and both are of it: by their codes. Else the one whose name says least besides. */
function inDirectory(a: Candidate, b: Candidate, placed: boolean): number {
  const territory = a.territory.localeCompare(b.territory)
  const length = keyWords(a.name).length - keyWords(b.name).length
  return (placed ? territory || length : length || territory) || a.name.localeCompare(b.name, 'fr')
}

function placed(rank: Rank): boolean {
  return (rank[1] ?? 0) > 0
}

/** Each of these words begins a word there; a longer one may stand inside it. */
function bears(there: readonly string[], words: readonly string[]): boolean {
  return (
    words.length > 0 &&
    words.every((word) =>
      there.some(
        (other) =>
          other.startsWith(word) ||
          singular(other) === singular(word) ||
          (word.length > 3 && other.includes(word)),
      ),
    )
  )
}

/** Two or three digits stand in half the telephone numbers. */
function isWord(word: string): boolean {
  return !/^\d{1,3}$/.test(word)
}

function keyWords(text: string): string[] {
  return spelledOut(
    nameKey(text)
      .replace(/\b2 ([ab])\b/g, '2$1')
      .split(' '),
  )
}

function compare(a: Rank, b: Rank): number {
  const at = a.findIndex((value, index) => value !== b[index])
  return at < 0 ? 0 : (b[at] ?? 0) - (a[at] ?? 0)
}
