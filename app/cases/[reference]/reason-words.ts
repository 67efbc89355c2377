import { getTranslations } from 'next-intl/server'

type Reason = { key: string; values?: Record<string, string | number> }

/** Reasons that rules gave, in the reader's words; an old key without words any more is shown as it is. */
export async function reasonWords(reasons: Reason[]): Promise<string[]> {
  const t = await getTranslations()
  return reasons.map(({ key, values }) => (t.has(key as never) ? t(key as never, values as never) : key))
}
