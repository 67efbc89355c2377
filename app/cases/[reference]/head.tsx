import { getTranslations } from 'next-intl/server'
import { Due } from '#app/_i18n/moment.tsx'
import { Badge, Tag } from '#components/tag.tsx'
import { isOpen } from '../rules/states.ts'
import type { CasePage } from './case-query.ts'

/** What it is about, in one glance: level, numbers, symptom, where, its state. */
export async function CaseHead({ page: { row, around }, now }: { page: CasePage; now: Date }) {
  const [t, symptoms, vocabulary, shell] = [
    await getTranslations('cases'),
    await getTranslations('symptoms'),
    await getTranslations('vocabulary'),
    await getTranslations('queue'),
  ]
  const symptom = symptoms.has(row.symptom as 'NO_RING') ? symptoms(row.symptom as 'NO_RING') : row.symptom
  const place = around.territory?.name ?? row.territoryCode
  return (
    <header className="grid gap-1.5">
      <p className="flex flex-wrap items-center gap-2">
        <Tag tone={`n${row.level}`} strong>
          {vocabulary(`level.${row.level}`)}
        </Tag>
        <Tag tone={isOpen(row.state) ? 'accent' : 'neutral'} strong>
          {t(`state.${row.state}`)}
        </Tag>
        {row.residualSince && isOpen(row.state) && (
          <Tag tone="warn" strong>
            {shell('marks.residual')}
          </Tag>
        )}
        {row.verification === 'unverified' && (
          <Tag tone="warn" strong>
            {shell('marks.unverified')}
          </Tag>
        )}
        <span className="font-mono text-lg font-bold whitespace-nowrap">{row.reference}</span>
      </p>
      <h1 className="text-2xl sm:text-3xl">
        {row.numbers.length > 0 && <span className="tabular-nums">{row.numbers.join(' · ')} – </span>}
        {symptom}
      </h1>
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-lg">
        <span>
          {around.organisation?.name ?? row.reporterName ?? vocabulary('reporterKind.unknown_caller')}
        </span>
        <Badge icon="pin">
          {place} ({row.territoryCode})
        </Badge>
      </p>
      {isOpen(row.state) && row.nextContactAt && (
        // On a telephone what is owed stands far below the gestures.
        <p className="text-lg font-bold lg:hidden">
          <span className="text-base font-normal text-soft">{t('field.next_contact')}</span>{' '}
          <Due at={row.nextContactAt} now={now} timeZone={around.territory?.timeZone} />
        </p>
      )}
    </header>
  )
}
