import type { Loss } from './record.ts'

export type Difference = { field: string; before: string; after: string }

/** Field by field, what another version says otherwise. */
export function differences(before: Loss, after: Loss): Difference[] {
  const [old, fresh] = [flat(before), flat(after)]
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .map((field) => ({ field, before: old.get(field) ?? '–', after: fresh.get(field) ?? '–' }))
    .filter(({ field, before, after }) => field !== 'version' && before !== after)
}

/** `impact.failedCalls` → its value in words; a list is one value. */
export function flat(loss: Loss): Map<string, string> {
  const found = new Map<string, string>()
  const walk = (value: unknown, path: string) => {
    if (Array.isArray(value)) found.set(path, value.map(inWords).join(' · ') || '–')
    else if (typeof value === 'object' && value !== null)
      for (const [key, one] of Object.entries(value)) walk(one, path ? `${path}.${key}` : key)
    else found.set(path, value === null ? '–' : String(value))
  }
  walk(loss, '')
  return found
}

/** In the order of their names: a database hands keys back in another. */
function inWords(one: unknown): string {
  if (typeof one !== 'object' || one === null) return String(one)
  return Object.entries(one)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => String(value))
    .join(': ')
}

/** What receiving a record would do here. */
export type Arrival =
  | { kind: 'new' }
  | { kind: 'correction'; before: Loss; differences: Difference[] }
  | { kind: 'same' }
  | { kind: 'ours' }
  | { kind: 'older'; version: number }
  | { kind: 'taken' }
  | { kind: 'rewritten' }

export type Held = { loss: Loss; authorKey: string | null; ours: boolean }

/** A record is corrected by its author alone, with a higher version; the same version twice must say the same. */
export function arrivalOf(record: Loss, authorKey: string, ourKey: string, held: Held | undefined): Arrival {
  if (authorKey === ourKey) return { kind: 'ours' }
  if (!held) return { kind: 'new' }
  if (held.authorKey !== authorKey) return { kind: 'taken' }
  if (record.version < held.loss.version) return { kind: 'older', version: held.loss.version }
  const found = differences(held.loss, record)
  if (record.version === held.loss.version) return { kind: found.length === 0 ? 'same' : 'rewritten' }
  return { kind: 'correction', before: held.loss, differences: found }
}
