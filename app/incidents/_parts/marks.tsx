import { getTranslations } from 'next-intl/server'
import { Tag } from '#components/tag.tsx'
import type { Level } from '#db/schema/cases.ts'

export async function LevelTag({ level, strong }: { level: Level; strong?: boolean }) {
  const t = await getTranslations('vocabulary')
  return (
    <Tag tone={`n${level}`} strong={strong}>
      {t(`levelShort.${level}`)}
    </Tag>
  )
}
