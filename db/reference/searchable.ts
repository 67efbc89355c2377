/** Lower-case, unaccented, hyphens and apostrophes as spaces: how names are stored for search, and how to fold what a person types. */
export function searchable(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/[-'’]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
