export type Reason = { key: string; values?: Record<string, string | number> }

/** What a command answers: a value, or the reason why nothing was changed (a message key). */
export type Result<T> = { ok: true; value: T } | Refusal

export type Refusal = {
  ok: false
  reason: Reason
  /** Per field, for a form: the key of what is wrong. */
  fields?: Record<string, Reason>
  /** Set when another person was first (invariant 4): the version that is now true. */
  conflict?: { version: number }
}

export function done<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function refused(key: string, values?: Record<string, string | number>): Refusal {
  return { ok: false, reason: values ? { key, values } : { key } }
}

/** Refused because of one field: the form puts the reason beside it. */
export function refusedField(field: string, key: string, values?: Record<string, string | number>): Refusal {
  const { reason } = refused(key, values)
  return { ok: false, reason, fields: { [field]: reason } }
}

/** Another person was first (invariant 4): refused with the version that is now true. */
export function overtaken({ version }: { version: number }): Refusal {
  return { ...refused('cases.refused.overtaken'), conflict: { version } }
}

/** Refused for now: said with the seconds after which it may be asked again; a machine reads them as Retry-After. */
export function tooMany(waitMs: number): Refusal {
  return refused('forms.too_many', { seconds: Math.max(1, Math.ceil(waitMs / 1000)) })
}
