import { getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormArea, FormSelect, FormText } from '#app/_doors/fields.tsx'
import type { FormDoor } from '#app/_doors/form-data.ts'
import { PARIS } from '#app/_i18n/time.ts'
import { incidentChoice } from '#app/incidents/rules/name.ts'
import { NextContact } from '../[reference]/next-contact.tsx'
import { longestPromise } from '../rules/deadlines.ts'
import { stateAfter } from '../rules/lifecycle.ts'
import {
  acknowledgeSeveral,
  assignSeveral,
  attachSeveral,
  incidentSeveral,
  updateSeveral,
} from './actions.ts'
import { NEW_INCIDENT, type SeveralAct } from './acts.ts'
import { HeldCases } from './held-cases.tsx'
import { mayOpenIncident, type SeveralDesk } from './queries.ts'

const DOORS: Record<SeveralAct, FormDoor> = {
  acknowledge: acknowledgeSeveral,
  update: updateSeveral,
  assign: assignSeveral,
  incident: incidentSeveral,
  attach_duplicate: attachSeveral,
}

/** The words are said once, for all of them. */
export async function ActForm({
  act,
  desk,
  actor,
  now,
}: {
  act: SeveralAct
  desk: SeveralDesk
  actor: AccountActor
  now: Date
}) {
  const [t, cases] = [await getTranslations('queue.several'), await getTranslations('cases')]
  return (
    <DoorForm action={DOORS[act]} name={`several-${act}`} className="grid gap-4">
      <p className="max-w-[70ch] text-soft">{t(`about.${act}`)}</p>
      <Fields act={act} desk={desk} actor={actor} now={now} />
      <HeldCases
        cases={desk.rows.map(({ reference, version, state }) => ({
          reference,
          version,
          state: cases(`state.${state}`),
        }))}
        words={{
          submit: t(`send.${act}`, { count: desk.rows.length }),
          again: t.raw('again'),
          changed: t('changed'),
          readOn: cases('conflict.read_on'),
        }}
      />
    </DoorForm>
  )
}

async function Fields({ act, desk, actor, now }: Parameters<typeof ActForm>[0]) {
  const [t, cases] = [await getTranslations('queue.several'), await getTranslations('cases')]
  const option = ({ id, name }: { id: number; name: string }) => ({ value: String(id), label: name })
  switch (act) {
    case 'acknowledge':
      return null
    case 'update':
      return (
        <>
          <FormArea name="text" label={cases('field.text_public')} hint={t('text_hint')} required rows={3} />
          <SoonestContact rows={desk.rows} now={now} />
        </>
      )
    case 'assign':
      return (
        <>
          <div className="grid gap-3 sm:grid-cols-2">
            <FormSelect
              name="teamId"
              label={cases('field.team')}
              empty={t('team_kept')}
              options={desk.teams.map(option)}
            />
            <FormSelect
              name="assigneeId"
              label={cases('field.assignee')}
              empty={cases('field.assignee_none')}
              options={desk.people.map(option)}
            />
          </div>
          <FormArea name="reason" label={cases('field.reason')} rows={2} />
        </>
      )
    case 'incident':
      return (
        <>
          <FormSelect
            name="incident"
            label={t('incident')}
            empty={t('incident_choose')}
            required
            options={[
              ...desk.incidents.map(incidentChoice),
              ...(mayOpenIncident(actor) ? [{ value: NEW_INCIDENT, label: t('incident_new') }] : []),
            ]}
          />
          <FormArea name="reason" label={cases('field.reason')} required rows={2} />
        </>
      )
    case 'attach_duplicate':
      return (
        <>
          <FormText name="of" label={cases('field.of')} hint={t('main_hint')} required autoComplete="off" />
          <FormArea name="reason" label={cases('field.reason')} required rows={2} />
        </>
      )
  }
}

/** An hour that all of them allow: that of the case which must hear soonest. */
function SoonestContact({ rows, now }: { rows: SeveralDesk['rows']; now: Date }) {
  const until = (row: SeveralDesk['rows'][number]) =>
    longestPromise(stateAfter('update', row.state) ?? row.state, row.level, now).getTime()
  const [soonest] = [...rows].sort((a, b) => until(a) - until(b))
  const zones = new Set(rows.map(({ timeZone }) => timeZone))
  if (!soonest) return null
  return (
    <NextContact
      state={stateAfter('update', soonest.state) ?? soonest.state}
      level={soonest.level}
      now={now}
      timeZone={(zones.size === 1 && soonest.timeZone) || PARIS}
    />
  )
}
