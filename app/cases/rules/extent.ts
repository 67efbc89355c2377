import { DEPARTEMENTS } from '#db/reference/territories.ts'

/**
 * Does the text name two départements (or counties, provinces, forces) at least? By their names, by the codes that stand
 * behind a service, or by a count. "Mon CHU ne joint plus le 15" names one place, however wide the form's default is.
 */
export function namesSeveral(text: string): boolean {
  if (COUNTED.test(text)) return true
  const codes = [...text.matchAll(CODED)].flatMap((match) => (match[1] ?? '').match(/\d{2,3}|2[ab]/gi) ?? [])
  const names = DEPARTEMENTS.flatMap((one) => (NAMES.get(one.code)?.test(text) ? [one.code] : []))
  return new Set([...codes.map((code) => code.toUpperCase()), ...names]).size >= 2
}

const MANY =
  "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|une? (?:dizaine|douzaine) (?:de|d’|d')|plusieurs|tous les|toutes les|la plupart des|two|three|four|five|six|seven|eight|nine|ten|(?:a|one) dozen|several|many|all(?: the)?|most|multiple|(?:[2-9]|\\d{2,3})"
const PLACES =
  "d[ée]partements?|pr[ée]fectures|samu|sdis|sis|codis|centres? (?:15|18|d[’']appels?)|centres|territoires|zones|r[ée]gions|counties|states|provinces|districts|forces|regions|l[äa]nder|psaps?|control rooms|leitstellen|emergency (?:call )?cent(?:er|re)s|911 centers"
const COUNTED = new RegExp(
  `(?<![\\p{L}\\d])(?:${MANY}) (?:(?!et |ou |and |or |l[ea]s? |the )[\\p{L}-]+ ){0,2}?(?:${PLACES})(?![\\p{L}\\d])`,
  'iu',
)
const CODED =
  /(?<!\p{L})(?:samu|sdis|codis|cta|crra|cic|corg|ddsp|pr[ée]fectures?|d[ée]partements?)\s+((?:\d{2,3}|2[ab])(?:(?:\s*[,/]\s*|\s+(?:et|and|&)\s+)(?:\d{2,3}|2[ab])\b)*)/giu

/** Whole names of six letters at least: "Ain", "Lot", "Nord" and "Var" are words too. */
const NAMES = new Map(
  DEPARTEMENTS.filter((one) => one.name.length >= 6 && one.name !== 'Landes').map((one) => [
    one.code,
    new RegExp(`(?<![\\p{L}-])${one.name.replace(/[-\s]/g, '[-\\s]')}(?![\\p{L}-])`, 'iu'),
  ]),
)
