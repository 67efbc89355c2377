import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormArea, FormRadios, FormSelect, FormText } from '#app/_doors/fields.tsx'
import { localField } from '#app/_i18n/time.ts'
import { Button } from '#components/button.tsx'
import { STEP_KINDS, TEST_MOMENTS } from '#db/schema/migration.ts'
import { failStepAction, logMoveTestAction, moveStepAction, saveStepAction } from '../actions.ts'
import type { Move } from '../queries.ts'
import { movesOf } from '../rules/steps.ts'

type Site = Move['site']
type Step = Move['steps'][number]
const HOUR = 3_600_000

/** What a failed cut-over sounds like; anything else is said in words. */
const SOUNDS = [
  'NO_RING',
  'FAST_BUSY',
  'MISROUTED',
  'INTERMITTENT',
  'INBOUND_DROP',
  'ONE_WAY_AUDIO',
  'NO_CLI',
  'SITE_ALL_DOWN',
  'UNKNOWN',
]

export async function StepForm({
  site,
  step,
  zone,
  now,
}: {
  site: Site
  step: Step | null
  zone: string
  now: Date
}) {
  const t = await getTranslations('migration')
  const of = step ? `step-${step.id}` : 'step-new'
  const startsAt = step?.startsAt ?? new Date(Math.ceil(now.getTime() / HOUR) * HOUR + 24 * HOUR)
  const endsAt = step?.endsAt ?? new Date(startsAt.getTime() + 2 * HOUR)
  return (
    <DoorForm action={saveStepAction} name={`${of}-${site.id}`} className="grid max-w-4xl gap-4">
      <input type="hidden" name="siteId" value={site.id} />
      {step && <input type="hidden" name="id" value={step.id} />}
      {step && <input type="hidden" name="version" value={step.version} />}
      <div className="grid items-end gap-4 sm:grid-cols-2">
        <FormSelect
          id={`${of}-kind`}
          name="kind"
          label={t('step.kind')}
          empty="–"
          defaultValue={step?.kind}
          required
          options={STEP_KINDS.map((kind) => ({ value: kind, label: t(`step_kind.${kind}`) }))}
        />
        <FormText
          id={`${of}-owner`}
          name="ownerName"
          label={t('plan.owner')}
          defaultValue={step?.ownerName}
          most={120}
          autoComplete="off"
          required
        />
        <FormText
          id={`${of}-starts`}
          type="datetime-local"
          name={`startsAt@${zone}`}
          label={t('step.starts')}
          {...localField(startsAt, zone)}
          required
        />
        <FormText
          id={`${of}-ends`}
          type="datetime-local"
          name={`endsAt@${zone}`}
          label={t('step.ends')}
          {...localField(endsAt, zone)}
          required
        />
      </div>
      <FormArea
        id={`${of}-back`}
        name="wayBack"
        label={t('step.way_back')}
        hint={t('step.way_back_hint')}
        defaultValue={step?.wayBack ?? undefined}
        rows={2}
      />
      <div>
        <Button>{t('step.save')}</Button>
      </div>
    </DoorForm>
  )
}

export async function MoveForm({ site, step, zone }: { site: Site; step: Step; zone: string }) {
  const t = await getTranslations('migration')
  const moves = movesOf(step.state).filter((to) => to !== 'failed')
  const of = `move-${step.id}`
  return (
    <DoorForm action={moveStepAction} name={of} className="grid max-w-3xl gap-4">
      <Held site={site} step={step} />
      <FormRadios
        id={of}
        name="to"
        label={t('step.now')}
        layout="row"
        required
        options={moves.map((to) => ({ value: to, label: t(`to.${to}`) }))}
      />
      <FormArea id={`${of}-outcome`} name="outcome" label={t('step.outcome')} rows={2} />
      <FormText
        id={`${of}-next`}
        type="datetime-local"
        name={`nextContactAt@${zone}`}
        label={t('next_contact')}
        hint={t('step.next_hint')}
      />
      <div>
        <Button kind="primary">{t('step.write')}</Button>
      </div>
    </DoorForm>
  )
}

export async function FailForm({ site, step }: { site: Site; step: Step }) {
  const [t, symptoms] = [await getTranslations('migration'), await getTranslations('symptoms')]
  const of = `fail-${step.id}`
  return (
    <DoorForm action={failStepAction} name={of} className="grid max-w-3xl gap-4 border-t border-line pt-4">
      <Held site={site} step={step} />
      <p className="font-semibold">{t(step.kind === 'cut_over' ? 'step.fail_text' : 'step.fail_plain')}</p>
      <FormSelect
        id={`${of}-symptom`}
        name="symptom"
        label={t('step.symptom')}
        empty="–"
        required
        options={SOUNDS.map((code) => ({ value: code, label: symptoms(code as never) }))}
      />
      <FormArea id={`${of}-outcome`} name="outcome" label={t('step.what_failed')} rows={2} required />
      <div>
        <Button kind="danger">{t('step.failed')}</Button>
      </div>
    </DoorForm>
  )
}

export async function TestForm({ site, step, zone }: { site: Site; step: Step; zone: string }) {
  const t = await getTranslations('migration')
  const of = `test-${step.id}`
  return (
    <DoorForm action={logMoveTestAction} name={of} className="grid max-w-4xl gap-4">
      <input type="hidden" name="siteId" value={site.id} />
      <input type="hidden" name="stepId" value={step.id} />
      <p className="font-semibold">{t('test.write')}</p>
      <div className="grid items-end gap-4 sm:grid-cols-2 lg:grid-cols-3">
        <FormSelect
          id={`${of}-moment`}
          name="moment"
          label={t('test.moment')}
          defaultValue={step.state === 'under_way' ? 'after' : 'before'}
          options={TEST_MOMENTS.map((moment) => ({ value: moment, label: t(`moment.${moment}`) }))}
        />
        <FormSelect
          id={`${of}-number`}
          name="number"
          label={t('test.number')}
          defaultValue={site.numbers[0]}
          options={site.numbers.map((number) => ({ value: number, label: number }))}
        />
        <FormText
          id={`${of}-network`}
          name="network"
          label={t('test.network')}
          hint={t('test.network_hint')}
          most={120}
          autoComplete="off"
          required
        />
        <FormText id={`${of}-passed`} type="number" min={0} name="passed" label={t('test.passed')} required />
        <FormText id={`${of}-tried`} type="number" min={1} name="tried" label={t('test.tried')} required />
        <FormText
          id={`${of}-at`}
          type="datetime-local"
          name={`at@${zone}`}
          label={t('test.at')}
          hint={t('test.at_hint')}
        />
      </div>
      <FormText id={`${of}-note`} name="note" label={t('test.note')} autoComplete="off" />
      <div>
        <Button>{t('test.save')}</Button>
      </div>
    </DoorForm>
  )
}

function Held({ site, step }: { site: Site; step: Step }) {
  return (
    <>
      <input type="hidden" name="siteId" value={site.id} />
      <input type="hidden" name="stepId" value={step.id} />
      <input type="hidden" name="version" value={step.version} />
    </>
  )
}
