import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'

export const QUESTIONS = [
  'who',
  'numbers',
  'symptom',
  'since',
  'where',
  'network',
  'tests',
  'long',
  'fallback',
  'told',
] as const
export type QuestionKey = (typeof QUESTIONS)[number]

/** One of the ten questions, with its rank; on the telephone, with the sentence to say. */
export async function Question({
  of,
  say,
  children,
}: {
  of: QuestionKey
  say?: string | null
  children: ReactNode
}) {
  const t = await getTranslations('report')
  const n = QUESTIONS.indexOf(of) + 1
  return (
    <section aria-labelledby={`q-${of}`} className="border-t border-line pt-4">
      <h2 id={`q-${of}`} className="flex items-baseline gap-2.5 text-xl">
        <span
          aria-hidden="true"
          className="inline-flex size-8 shrink-0 items-center justify-center rounded-full bg-accent text-base font-bold text-on-accent"
        >
          {n}
        </span>
        <span className="sr-only">{t('question', { n })}</span> {t(`steps.${of}`)}
      </h2>
      {say && <Say>{say}</Say>}
      <div className="mt-3 grid gap-4">{children}</div>
    </section>
  )
}

/** Words to say aloud. */
export function Say({ children }: { children: ReactNode }) {
  return (
    <p className="mt-2 max-w-[65ch] border-l-4 border-accent bg-accent-soft px-3 py-2 text-lg">{children}</p>
  )
}
