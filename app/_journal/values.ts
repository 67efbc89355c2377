/** Every hole that a message of the main courante may have. */
const BLANK = {
  from: '',
  to: '',
  team: '',
  assignee: '',
  attempt: 0,
  passed: 0,
  tried: 0,
  step: 0,
  number: '',
  rule: '',
  level: '',
  saidBy: '',
  percent: 0,
  name: '',
  cause: '',
  touched: '',
  what: '',
}

/** What a line puts into its message; what it does not say stays blank, so that an old line is still a sentence. */
export function valuesOf(data: Record<string, unknown>): Record<string, string | number> {
  const said = Object.entries(data).filter(
    (entry): entry is [string, string | number] =>
      typeof entry[1] === 'string' || typeof entry[1] === 'number',
  )
  return { ...BLANK, ...Object.fromEntries(said) }
}
