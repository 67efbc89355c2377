// Beside the fields, so that a page drawn by the server may tie its own control.

export function hintId(id: string): string {
  return `${id}-hint`
}

export function errorId(id: string): string {
  return `${id}-error`
}

/** The attributes that tie a control to its hint and its error. */
export function described(id: string, { hint, error }: { hint?: unknown; error?: unknown }) {
  const ids = [hint ? hintId(id) : '', error ? errorId(id) : ''].filter(Boolean).join(' ')
  return { 'aria-describedby': ids || undefined, 'aria-invalid': error ? true : undefined } as const
}
