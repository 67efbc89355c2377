import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Due, Moment } from '#app/_i18n/moment.tsx'
import { Tag, type Tone } from '#components/tag.tsx'
import type { HandoverContent } from '../handover-content.ts'

/** What is read aloud, in the order of DOMAIN §6; an empty list says so rather than vanish. */
export async function HandoverSheet({ content, now }: { content: HandoverContent; now: Date }) {
  const [t, all] = [await getTranslations('cell'), await getTranslations()]
  const read = new Set(content.cases.map((one) => one.reference))
  const already = content.unexplained.filter((one) => read.has(one.reference)).length
  return (
    <div className="grid gap-5">
      <p>
        {t('gaps.role', { role: t('state_now') })}{' '}
        <strong>{t(`states.${content.cell.state}` as never)}</strong>
      </p>
      <Part
        title={t('handover.incidents')}
        lines={content.incidents.map((one) => (
          <span key={one.reference}>
            <Level level={one.level} /> <Link href={`/incidents/${one.reference}`}>{one.reference}</Link>{' '}
            {one.title} · {t('handover.open_cases', { count: one.openCases })}
          </span>
        ))}
      />
      <Part
        title={t('handover.cases')}
        columns="lg:grid-cols-2"
        lines={content.cases.map((one) => <CaseLine key={one.reference} one={one} now={now} />)}
      />
      <Part
        title={t('handover.due')}
        columns="grid-cols-2 lg:grid-cols-4"
        lines={content.due.map((one) => (
          <span key={one.reference} className="flex flex-wrap gap-x-2">
            <CaseLink reference={one.reference} />
            {one.nextContactAt && <Moment at={new Date(one.nextContactAt)} now={now} />}
          </span>
        ))}
      />
      <Part
        title={t('handover.instructions')}
        lines={content.instructions.map((one) => (
          <span key={one.at}>
            {one.reference} · {one.text}
          </span>
        ))}
      />
      <Part
        title={t('handover.fallbacks')}
        lines={content.fallbacks.map((one) => (
          <span key={one.reference}>
            {one.territory} · {t(`fallbacks.${one.state}` as never)} · <CaseLink reference={one.reference} />
          </span>
        ))}
      />
      <Part
        title={t('handover.works')}
        lines={content.works.map((one) => <CaseLine key={one.reference} one={one} now={now} />)}
      />
      <Part
        title={t('handover.unexplained')}
        columns="lg:grid-cols-2"
        lines={content.unexplained
          .filter((one) => !read.has(one.reference))
          .map((one) => <CaseLine key={one.reference} one={one} now={now} />)}
        after={already > 0 && t('handover.already_read', { count: already })}
      />
      <Part
        title={t('handover.proposals')}
        lines={content.proposals.map(({ rule, state, at, reason }) => (
          <span key={`${rule}${at}`}>
            <Moment at={new Date(at)} now={now} /> · {all(`reviews.proposals.${state}` as never)} ·{' '}
            {all.has(`incidents.proposal.rules.${rule}` as never)
              ? all(`incidents.proposal.rules.${rule}` as never)
              : rule}
            {reason && all.has(reason.key as never) && (
              <span className="text-soft"> · {all(reason.key as never, reason.values as never)}</span>
            )}
          </span>
        ))}
      />
    </div>
  )
}

async function Part({
  title,
  lines,
  columns = '',
  after,
}: {
  title: string
  lines: ReactNode[]
  /** More than one, where there is room. */
  columns?: string
  after?: ReactNode
}) {
  const t = await getTranslations('cell')
  return (
    <section>
      <h3 className="font-bold">
        {title} ({lines.length})
      </h3>
      {lines.length === 0 && !after && <p className="text-soft">{t('handover.nothing')}</p>}
      {lines.length > 0 && (
        <ul className={`grid gap-x-8 ${columns}`}>
          {lines.map((line, at) => (
            <li key={String(at)} className="border-t border-line py-1">
              {line}
            </li>
          ))}
        </ul>
      )}
      {after && <p className="text-soft">{after}</p>}
    </section>
  )
}

/** On two short lines: what and when, then who. */
async function CaseLine({ one, now }: { one: HandoverContent['cases'][number]; now: Date }) {
  const t = await getTranslations('cases')
  const place = one.organisation?.includes(one.territory) ? null : one.territory
  return (
    <span className="grid grid-cols-[auto_1fr] items-baseline gap-x-2 sm:grid-cols-[auto_1fr_auto]">
      <Level level={one.level} />
      <span className="min-w-0">
        <b>{one.numbers.join(' ')}</b> {[one.organisation, place].filter(Boolean).join(', ')}
      </span>
      <span className="max-sm:order-last max-sm:col-start-2">
        {one.nextContactAt && <Due at={new Date(one.nextContactAt)} now={now} />}
      </span>
      <span className="col-start-2 flex sm:col-end-4 flex-wrap gap-x-2 text-sm text-soft">
        <CaseLink reference={one.reference} />
        <span>{[t(`state.${one.state}` as never), one.assignee].filter(Boolean).join(' · ')}</span>
      </span>
    </span>
  )
}

function CaseLink({ reference }: { reference: string }) {
  return (
    <Link href={`/cases/${reference}`} prefetch={false} className="whitespace-nowrap tabular-nums">
      {reference}
    </Link>
  )
}

function Level({ level }: { level: number }) {
  return <Tag tone={`n${level}` as Tone}>N{level}</Tag>
}
