import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Fold } from './fold.tsx'

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

/**
 * One of the ten questions, with its rank; on the telephone, with the sentence to say. With `folds`, the names of its
 * fields, it is a line to unfold.
 */
export async function Question({
  of,
  say,
  folds,
  children,
}: {
  of: QuestionKey
  say?: string | null
  folds?: readonly string[]
  children: ReactNode
}) {
  const t = await getTranslations('report')
  const n = QUESTIONS.indexOf(of) + 1
  const head = (
    <h2 id={`q-${of}`} className={`flex items-baseline gap-2.5 ${folds ? 'text-lg' : 'text-xl'}`}>
      <span
        aria-hidden="true"
        className="inline-flex size-8 shrink-0 items-center justify-center rounded-full bg-accent text-base font-bold text-on-accent"
      >
        {n}
      </span>
      <span className="sr-only">{t('question', { n })}</span> {t(`steps.${of}`)}
    </h2>
  )
  const body = (
    <>
      {say && (
        <div className="mt-2">
          <Say>{say}</Say>
        </div>
      )}
      <div className="mt-3 grid gap-4">{children}</div>
    </>
  )
  return (
    <section aria-labelledby={`q-${of}`} className={`border-t border-line ${folds ? '' : 'pt-4'}`}>
      {folds ? (
        <Fold heading summary={head} fields={folds}>
          {body}
        </Fold>
      ) : (
        <>
          {head}
          {body}
        </>
      )}
    </section>
  )
}

/** Words to say aloud. */
export function Say({ children }: { children: ReactNode }) {
  return (
    <p className="max-w-[65ch] border-l-4 border-accent bg-accent-soft px-3 py-2 sm:text-lg">{children}</p>
  )
}
