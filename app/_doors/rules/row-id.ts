/** Which row an address names; null when it names none. */
export function rowId(written: unknown): number | null {
  return typeof written === 'string' && /^\d{1,15}$/.test(written) ? Number(written) : null
}
