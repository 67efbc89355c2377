import { getTranslations } from 'next-intl/server'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormArea, FormSelect, FormText } from '#app/_doors/fields.tsx'
import { attachAction, candidateAction, declareAction, detachAction } from '#app/incidents/actions.ts'
import { type CaseIncident, readCaseIncident } from '#app/incidents/queries.ts'
import { incidentChoice } from '#app/incidents/rules/name.ts'
import { Button } from '#components/button.tsx'
import { CAUSES } from '#db/reference/vocabulary.ts'
import { Section } from '../_parts/section.tsx'
import { isOpen } from '../rules/states.ts'
import type { CasePage } from './case-query.ts'

/** To which incident the case belongs, what the rules read in it, and how a person says otherwise. */
export async function IncidentPanel({ page: { row }, actor }: { page: CasePage; actor: AccountActor }) {
  const seen = await readCaseIncident(actor, row.id)
  if (!seen) return null
  const [t, all] = [await getTranslations('incidents'), await getTranslations()]
  const reason = seen.qualificationReason
  const works = may(actor, 'cases.work')
  return (
    <Section id="incident" title={t('case.title')}>
      {seen.incident ? (
        <p>
          {t('case.part_of')} <IncidentLink reference={seen.incident.reference} />{' '}
          {seen.incident.title && <strong>{seen.incident.title}</strong>} · N{seen.incident.level} ·{' '}
          {t(`state.${seen.incident.state}`)}
        </p>
      ) : (
        <p>{t('case.none')}</p>
      )}
      <p className="mt-1 text-sm text-soft">
        {t('case.verdict')} {reason && all.has(reason as never) ? all(reason as never) : t('case.unread')}
      </p>
      {seen.related && (
        <p className="mt-1">
          <a href={`/cases/${seen.related.reference}`}>
            {t('case.repeat', { reference: seen.related.reference })}
          </a>
        </p>
      )}
      {(works ? seen.candidates : []).map((reference) => (
        <Candidate key={reference} incident={reference} reference={row.reference} />
      ))}
      {!seen.incident && isOpen(row.state) && may(actor, 'incidents.declare') && (
        <Declare reference={row.reference} />
      )}
      {works &&
        (seen.incident
          ? seen.incident.state !== 'closed' && (
              <Detach incident={seen.incident.reference} reference={row.reference} residual={seen.residual} />
            )
          : isOpen(row.state) && seen.open.length > 0 && <Attach seen={seen} reference={row.reference} />)}
    </Section>
  )
}

function IncidentLink({ reference }: { reference: string }) {
  return (
    <a href={`/incidents/${reference}`} className="font-semibold tabular-nums">
      {reference}
    </a>
  )
}

async function Candidate({ incident, reference }: { incident: string; reference: string }) {
  const t = await getTranslations('incidents')
  return (
    <DoorForm action={candidateAction} name={`candidate-${incident}`} className="mt-2 grid gap-2">
      <input type="hidden" name="incident" value={incident} />
      <input type="hidden" name="case" value={reference} />
      <p>{t('case.candidate', { reference: incident })}</p>
      <div className="flex flex-wrap gap-2">
        <Button name="act" value="attach" size="dense" kind="primary">
          {t('case.attach', { reference: incident })}
        </Button>
        <Button name="act" value="dismiss" size="dense">
          {t('form.dismiss_this')}
        </Button>
      </div>
    </DoorForm>
  )
}

async function Attach({ seen, reference }: { seen: CaseIncident; reference: string }) {
  const t = await getTranslations('incidents')
  return (
    <details className="mt-1">
      <summary className={FOLD}>{t('case.attach_to')}</summary>
      <DoorForm action={attachAction} name="attach-incident" className="grid gap-3">
        <input type="hidden" name="case" value={reference} />
        <FormSelect
          name="incident"
          id="attach-incident"
          label={t('column.incident')}
          options={seen.open.map(incidentChoice)}
        />
        <FormText name="reason" id="attach-incident-reason" label={t('form.attach_reason')} />
        <div>
          <Button size="dense">{t('form.attach_send')}</Button>
        </div>
      </DoorForm>
    </details>
  )
}

async function Declare({ reference }: { reference: string }) {
  const t = await getTranslations('incidents')
  return (
    <details className="mt-1">
      <summary className={FOLD}>{t('case.declare')}</summary>
      <DoorForm action={declareAction} name="declare-incident" className="grid gap-3">
        <input type="hidden" name="case" value={reference} />
        <FormArea
          name="reason"
          id="declare-incident-reason"
          label={t('case.declare_reason')}
          hint={t('case.declare_hint')}
          required
          rows={2}
        />
        <div>
          <Button size="dense">{t('case.declare_send')}</Button>
        </div>
      </DoorForm>
    </details>
  )
}

/** "Not this incident": a residual case is requalified, and says of which cause it is. */
async function Detach({
  incident,
  reference,
  residual,
}: {
  incident: string
  reference: string
  residual: boolean
}) {
  const [t, causes] = [await getTranslations('incidents'), await getTranslations('causes')]
  return (
    <details className="mt-1">
      <summary className={FOLD}>{t('case.detach')}</summary>
      <DoorForm action={detachAction} name="detach-incident" className="grid gap-3">
        <input type="hidden" name="incident" value={incident} />
        <input type="hidden" name="case" value={reference} />
        <FormArea
          name="reason"
          id="detach-incident-reason"
          label={t('form.detach_reason')}
          required
          rows={2}
        />
        {residual && (
          <FormSelect
            name="cause"
            id="detach-incident-cause"
            label={t('form.cause')}
            hint={t('form.detach_cause_hint')}
            empty="–"
            required
            options={CAUSES.map((one) => ({ value: one, label: causes(one) }))}
          />
        )}
        <div>
          <Button size="dense">{t('form.detach_send')}</Button>
        </div>
      </DoorForm>
    </details>
  )
}

const FOLD = 'inline-flex min-h-11 cursor-pointer items-center font-semibold text-accent'
