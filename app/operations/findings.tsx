import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { Notice } from '#components/notice.tsx'
import { findingWords } from './finding-words.ts'
import type { Finding } from './rules/findings.ts'

/** What is wrong, each in a sentence, and what to do about it in the next. */
export async function Findings({ found, now }: { found: Finding[]; now: string }) {
  const t = await getTranslations('operations')
  const words = await findingWords(now)
  return (
    <section aria-labelledby="findings" className="grid gap-3">
      <h2 id="findings" className="text-xl">
        {t('verdict.problems', { count: found.length })}
      </h2>
      {found.map((one) => {
        const said = words(one)
        return (
          <Notice key={said.title} tone={one.tone} title={said.title}>
            {said.do}
            {one.href && (
              <>
                {' '}
                <Link href={one.href}>{said.link}</Link>
              </>
            )}
          </Notice>
        )
      })}
    </section>
  )
}
