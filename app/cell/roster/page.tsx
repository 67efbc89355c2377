import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { CELL_ROLES, isLead } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormSelect, FormText } from '#app/_doors/fields.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { Live } from '#app/_live/live-status.tsx'
import { Button } from '#components/button.tsx'
import { Notice } from '#components/notice.tsx'
import { addShiftAction } from '../actions.ts'
import { ROSTER_DAYS, readRoster } from '../queries.ts'
import { CellTabs } from '../tabs.tsx'
import { Shifts } from './shifts.tsx'
import { Ways } from './ways.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('cell'))('roster.title') }
}

/** Astreinte: who holds which role when; gaps in red before they happen. */
export default async function RosterPage() {
  const actor = await requireActor(CELL_ROLES)
  const now = new Date(requestTime())
  const { shifts, people, gaps } = await readRoster(actor, now)
  const t = await getTranslations('cell')
  const words = await getTranslations('vocabulary')
  const lead = isLead(actor)
  const ready = people.map((one) => ({
    value: String(one.id),
    label: `${one.name} · ${words(`role.${one.role}`)}`,
    disabled: !one.verdict.allowed,
  }))

  return (
    <div className="grid gap-8">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="text-3xl">{t('roster.title')}</h1>
        <Live cases={[]} events={['roster.']} />
      </div>
      <CellTabs current="/roster" />
      {gaps.length > 0 ? (
        <Notice tone="danger" title={t('gaps.title_days', { count: gaps.length, days: ROSTER_DAYS })}>
          <ul className="list-disc pl-5">
            {gaps.map((gap) => (
              <li key={`${gap.role}${gap.from}`}>
                <strong>{t('gaps.role', { role: words(`role.${gap.role}`) })}</strong>{' '}
                <Moment at={new Date(gap.from)} now={now} /> – <Moment at={new Date(gap.to)} now={now} />
              </li>
            ))}
          </ul>
        </Notice>
      ) : (
        <Notice tone="ok">{t('gaps.none', { days: ROSTER_DAYS })}</Notice>
      )}
      <Shifts shifts={shifts} actor={actor} people={ready} now={now} />
      {lead && (
        <section className="grid max-w-3xl gap-4">
          <h2 className="text-xl">{t('roster.add')}</h2>
          <DoorForm action={addShiftAction} name="shift" className="grid gap-4 sm:grid-cols-2">
            <FormSelect
              name="accountId"
              label={t('roster.who')}
              hint={t('roster.two_ways')}
              options={ready}
              empty={t('roster.choose')}
              required
            />
            <FormSelect
              name="role"
              label={t('roster.role')}
              required
              options={(['director', 'lead', 'agent', 'admin'] as const).map((role) => ({
                value: role,
                label: words(`role.${role}`),
              }))}
            />
            <FormText
              name="fromAt@Europe/Paris"
              type="datetime-local"
              label={t('roster.from')}
              hint={t('roster.paris')}
              required
            />
            <FormText
              name="toAt@Europe/Paris"
              type="datetime-local"
              label={t('roster.to')}
              hint={t('roster.paris')}
              required
            />
            <FormSelect
              name="rank"
              label={t('roster.rank')}
              defaultValue="1"
              options={[1, 2, 3].map((rank) => ({
                value: String(rank),
                label: t('roster.rank_n', { rank }),
              }))}
            />
            <div className="self-end">
              <Button kind="primary">{t('roster.add_button')}</Button>
            </div>
          </DoorForm>
        </section>
      )}
      <Ways people={people.filter((one) => lead || one.id === actor.accountId)} lead={lead} now={now} />
    </div>
  )
}
