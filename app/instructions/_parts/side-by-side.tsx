import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { Moment } from '#app/_i18n/moment.tsx'
import { DataTable } from '#components/data-table.tsx'
import { Notice } from '#components/notice.tsx'
import { territoryName } from '#db/reference/territories.ts'
import type { InstructionRead } from '../queries.ts'
import { PublicText, ScopeWords } from './words.tsx'

/** What would tell the same caller to do something else: both texts, beside each other. */
export async function Contradictions({
  one,
  against,
  now,
}: {
  one: InstructionRead['one']
  against: InstructionRead['against']
  now: Date
}) {
  if (against.length === 0) return null
  const t = await getTranslations('instructions')
  return (
    <section aria-label={t('contradictions')} className="grid gap-3">
      <Notice tone="danger" title={t('contradictions')}>
        {t('contradictions_explain')}
      </Notice>
      {against.map((other) => (
        <div key={other.id} className="grid gap-4 lg:grid-cols-2">
          {[other, one].map((each) => (
            <article key={each.id} className="grid content-start gap-2 rounded-m border border-line p-3">
              <h2 className="font-bold">
                <Link href={`/instructions/${each.id}`} prefetch={false}>
                  {t('number', { number: each.number })}
                </Link>{' '}
                · {t(each.state === 'in_force' ? 'stages.in_force' : 'stages.drafted')}
              </h2>
              <p className="text-soft">
                <ScopeWords one={each} territory={territoryName(each.territoryCode)} /> · {t('ends')}{' '}
                <Moment at={each.endsAt} now={now} place={each.territoryCode} />
              </p>
              <PublicText slots={each.slots} />
            </article>
          ))}
        </div>
      ))}
    </section>
  )
}

/** What it says otherwise than the one it cancels. */
export async function Differences({
  former,
  cancelled,
}: {
  former: NonNullable<InstructionRead['former']>
  cancelled: boolean
}) {
  const t = await getTranslations('instructions')
  const title = t(cancelled ? 'cancels' : 'will_cancel', { number: former.number })
  if (former.differs.length === 0) return <Notice title={title}>{t('same_words')}</Notice>
  return (
    <DataTable
      caption={title}
      showCaption
      rows={former.differs}
      rowKey={(row) => row.slot}
      columns={[
        { key: 'slot', head: t('slot'), rowHead: true, cell: (row) => t(`slots.${row.slot}`) },
        { key: 'before', head: t('before'), cell: (row) => <del>{row.before}</del> },
        { key: 'after', head: t('after'), cell: (row) => <ins>{row.after}</ins> },
      ]}
    />
  )
}
