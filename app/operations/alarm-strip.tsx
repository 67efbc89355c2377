import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { StatusStrip } from '#components/notice.tsx'
import { findingWords } from './finding-words.ts'
import { watch } from './watch.ts'

/** On every page of the cell, when the machine that watches does not: people then watch themselves. */
export async function AlarmStrip() {
  const found = await watch()
  if (found.length === 0) return null
  const t = await getTranslations('operations')
  const words = await findingWords(new Date())
  return found.map((one) => {
    const { title } = words(one)
    return (
      <StatusStrip key={title} tone="danger">
        <strong>{title}</strong>
        <Link href="/operations" prefetch={false}>
          {t('what_to_do')}
        </Link>
      </StatusStrip>
    )
  })
}
