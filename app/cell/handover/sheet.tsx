import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Due, Moment } from '#app/_i18n/moment.tsx'
import { Tag, type Tone } from '#components/tag.tsx'
import type { HandoverContent } from '../handover-content.ts'

/** What is read aloud, in the order of DOMAIN §6; an empty list says so rather than vanish. */
export async function HandoverSheet({ content, now }: { content: HandoverContent; now: Date }) {
  const t = await getTranslations('cell')
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
            <Level level={one.level} /> <Link href={`/incidents/${one.reference}`}>{one.reference}</Link> ·{' '}
            {t('handover.open_cases', { count: one.openCases })}
          </span>
        ))}
      />
      <Part
        title={t('handover.cases')}
        lines={content.cases.map((one) => <CaseLine key={one.reference} one={one} now={now} />)}
      />
      <Part
        title={t('handover.due')}
        lines={content.due.map((one) => <CaseLine key={one.reference} one={one} now={now} />)}
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
            {one.territory} · {t(`fallbacks.${one.state}` as never)} ·{' '}
            <Link href={`/cases/${one.reference}`}>{one.reference}</Link>
          </span>
        ))}
      />
      <Part
        title={t('handover.works')}
        lines={content.works.map((one) => <CaseLine key={one.reference} one={one} now={now} />)}
      />
      <Part
        title={t('handover.unexplained')}
        lines={content.unexplained.map((one) => <CaseLine key={one.reference} one={one} now={now} />)}
      />
      <Part
        title={t('handover.proposals')}
        lines={content.proposals.map((one) => (
          <span key={`${one.rule}${one.at}`}>
            {one.rule} · {t(`proposal_states.${one.state}` as never)} ·{' '}
            <Moment at={new Date(one.at)} now={now} />
          </span>
        ))}
      />
    </div>
  )
}

async function Part({ title, lines }: { title: string; lines: ReactNode[] }) {
  const t = await getTranslations('cell')
  return (
    <section>
      <h3 className="font-bold">
        {title} ({lines.length})
      </h3>
      {lines.length === 0 ? (
        <p className="text-soft">{t('handover.nothing')}</p>
      ) : (
        <ul className="grid gap-1">
          {lines.map((line, at) => (
            <li key={String(at)}>{line}</li>
          ))}
        </ul>
      )}
    </section>
  )
}

async function CaseLine({ one, now }: { one: HandoverContent['cases'][number]; now: Date }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <Level level={one.level} />
      <Link href={`/cases/${one.reference}`} prefetch={false} className="tabular-nums">
        {one.reference}
      </Link>
      <span>
        {[one.organisation, one.territory, one.numbers.join(' '), one.assignee].filter(Boolean).join(' · ')}
      </span>
      {one.nextContactAt && <Due at={new Date(one.nextContactAt)} now={now} />}
    </span>
  )
}

function Level({ level }: { level: number }) {
  return <Tag tone={`n${level}` as Tone}>N{level}</Tag>
}
