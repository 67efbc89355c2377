/** '2026-004217-3' digit by digit, with the pauses of someone who dictates: '2 0 2 6, 0 0 4 2 1 7, 3'. */
export function spokenReference(reference: string): string {
  return reference
    .split('-')
    .map((group) => [...group].join(' '))
    .join(', ')
}
