/**
 * What may sound in the room, the gravest first (EEMUA 191 and ISA-18.2: few priorities, no floods, each one acknowledged).
 * A decision is asked of people and has its hour of silence; a grave case waits for a first answer; a promise is broken.
 */
export const ALARM_KINDS = ['decision', 'grave', 'promise'] as const
export type AlarmKind = (typeof ALARM_KINDS)[number]

export type Alarm = {
  /** The same for every browser, and another when the same case gives a new reason. */
  key: string
  kind: AlarmKind
  /** Epoch ms. */
  at: number
  /** A case, or null for a decision. */
  reference: string | null
  /** Whose, and where; empty for a decision. */
  what: string
}

/** Until somebody acknowledges, it sounds again so often. */
export const REPEAT_MS = 60_000

/** In the order in which they are heard and read: the gravest, and of those the oldest. */
export function inOrder(alarms: readonly Alarm[]): Alarm[] {
  const rank = (one: Alarm) => ALARM_KINDS.indexOf(one.kind)
  return alarms.toSorted((a, b) => rank(a) - rank(b) || a.at - b.at || (a.key < b.key ? -1 : 1))
}

/**
 * What sounds now: one sound, of the gravest kind among what is new in this browser; nothing new, the gravest of all once a
 * minute has passed since the last sound. Forty cases in a minute are one sound.
 */
export function soundNow(
  alarms: readonly Alarm[],
  known: ReadonlySet<string>,
  lastSoundAt: number | null,
  now: number,
): AlarmKind | null {
  const [gravest] = inOrder(alarms)
  if (!gravest) return null
  const [fresh] = inOrder(alarms.filter((one) => !known.has(one.key)))
  if (fresh) return fresh.kind
  return lastSoundAt === null || now - lastSoundAt >= REPEAT_MS ? gravest.kind : null
}
