import type { Metadata } from 'next'
import Link from 'next/link'
import { getLocale, getTranslations } from 'next-intl/server'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { Moment } from '#app/_i18n/moment.tsx'
import { DataTable } from '#components/data-table.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Icon } from '#components/icon.tsx'
import { Tag } from '#components/tag.tsx'
import { type LetterIn, readLettersIn } from './queries.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('calls.letters'))('title') }
}

/** Of no case, or put aside unread: a person reads them in the mailbox, and nobody else tells of them. */
const TO_READ: ReadonlySet<LetterIn['fate']> = new Set(['quarantined', 'unknown'])

/** What came by mail: first what a person has to read in the mailbox itself, then what found its place. */
export default async function LettersPage() {
  const actor = await requireActor('cases.work')
  const now = new Date(requestTime())
  const letters = await readLettersIn(actor)
  const t = await getTranslations('calls.letters')
  const aside = letters.filter(({ fate }) => TO_READ.has(fate))
  const others = letters.filter(({ fate }) => !TO_READ.has(fate))
  return (
    <div className="grid gap-4">
      <Link
        href="/calls"
        prefetch={false}
        className="inline-flex min-h-9 items-center gap-1 justify-self-start"
      >
        <Icon name="left" /> {t('back')}
      </Link>
      <h1 className="text-2xl">{t('title')}</h1>
      <p className="max-w-[65ch] text-soft">{t('intro')}</p>
      {letters.length === 0 && <EmptyState icon="ok" title={t('none')} />}
      {aside.length > 0 && (
        <section className="grid gap-2" aria-labelledby="aside">
          <h2 id="aside" className="text-xl">
            {t('aside', { count: aside.length })}
          </h2>
          <Letters letters={aside} now={now} caption={t('aside', { count: aside.length })} />
        </section>
      )}
      {others.length > 0 && (
        <section className="grid gap-2" aria-labelledby="others">
          <h2 id="others" className="text-xl">
            {t('others')}
          </h2>
          <Letters letters={others} now={now} caption={t('others')} />
        </section>
      )}
    </div>
  )
}

async function Letters({ letters, now, caption }: { letters: LetterIn[]; now: Date; caption: string }) {
  const [t, locale] = [await getTranslations('calls.letters'), await getLocale()]
  const size = new Intl.NumberFormat(locale, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 })
  return (
    <DataTable
      caption={caption}
      rows={letters}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'subject',
          head: t('column.subject'),
          rowHead: true,
          cell: ({ subject }) => <span className="break-words">{subject ?? t('no_subject')}</span>,
        },
        {
          key: 'from',
          head: t('column.from'),
          cell: ({ from }) => <span className="break-all">{from ?? t('unknown_sender')}</span>,
        },
        { key: 'at', head: t('column.at'), cell: ({ at }) => <Moment at={at} now={now} /> },
        { key: 'fate', head: t('column.fate'), cell: (letter) => <Fate letter={letter} /> },
        {
          key: 'size',
          head: t('column.size'),
          cell: ({ bytes }) => size.format(Math.max(1, Math.round(bytes / 1000))),
        },
      ]}
    />
  )
}

async function Fate({ letter: { fate, reason, reference, incident } }: { letter: LetterIn }) {
  const t = await getTranslations('calls.letters')
  const href = reference ? `/cases/${reference}` : incident ? `/incidents/${incident}` : null
  if (href)
    return (
      <Link href={href} prefetch={false}>
        {reference ?? incident}
      </Link>
    )
  if (fate === 'quarantined') return <Tag tone="warn">{t(`reason.${REASONS[reason ?? ''] ?? 'other'}`)}</Tag>
  return <Tag tone={TO_READ.has(fate) ? 'warn' : 'neutral'}>{t(`fate.${fate}`)}</Tag>
}

const REASONS: Record<string, 'large' | 'unreadable' | 'many'> = {
  'too large': 'large',
  unreadable: 'unreadable',
  'too many': 'many',
}
