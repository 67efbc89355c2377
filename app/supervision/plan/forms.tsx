import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormBox, FormSelect, FormText } from '#app/_doors/fields.tsx'
import type { FormDoor } from '#app/_doors/form-data.ts'
import { Button } from '#components/button.tsx'
import { NUMBERS } from '#db/reference/numbers.ts'
import { DEPARTEMENTS } from '#db/reference/territories.ts'
import { TECHNOLOGIES } from '#db/reference/vocabulary.ts'
import { addProbeAction, agreeAction, planAction } from '../actions.ts'
import type { AgreementLine, ProbeLine } from '../queries.ts'
import { MOST_PER_HOUR } from '../rules/agreement.ts'

/** Which probe calls an agreed destination, how often. */
export async function PlanForm({ agreements, probes }: { agreements: AgreementLine[]; probes: ProbeLine[] }) {
  const t = await getTranslations('supervision')
  return (
    <Section title={t('plan.new_plan')} action={planAction} name="plan" send={t('plan.plan_it')}>
      <FormSelect
        name="agreementId"
        label={t('plan.agreement')}
        empty="–"
        options={agreements.map((one) => ({
          value: String(one.id),
          label: `${one.organisation} · ${one.number} · ${one.destination}`,
        }))}
        required
      />
      <FormSelect
        name="probeId"
        label={t('plan.probe')}
        empty="–"
        options={probes.map((one) => ({ value: String(one.id), label: `${one.name} · ${one.operator}` }))}
        required
      />
      <FormText
        name="everyMin"
        inputMode="decimal"
        label={t('plan.every_min')}
        hint={t('plan.every_hint')}
        defaultValue="5"
        required
      />
    </Section>
  )
}

/** The agreement of a centre: what is called, who agreed, when it may ring. */
export async function AgreementForm({
  centres,
}: {
  centres: { id: number; name: string; territory: string }[]
}) {
  const t = await getTranslations('supervision')
  const hours = Array.from({ length: 24 }, (_, hour) => ({
    value: String(hour),
    label: t('plan.hour', { hour }),
  }))
  const byPlace = Map.groupBy(centres, (one) => one.territory)
  return (
    <Section title={t('plan.new_agreement')} action={agreeAction} name="agreement" send={t('plan.agree')}>
      <FormSelect
        name="organisationId"
        label={t('plan.centre')}
        empty="–"
        options={[...byPlace].map(([label, some]) => ({
          label,
          options: some.map(({ id, name }) => ({ value: String(id), label: name })),
        }))}
        required
      />
      <FormSelect
        name="number"
        label={t('plan.number')}
        hint={t('plan.number_hint')}
        empty="–"
        options={NUMBERS.map(({ number }) => ({ value: number, label: number }))}
        required
      />
      <FormText name="destination" label={t('plan.destination')} hint={t('plan.destination_hint')} required />
      <FormText name="agreedBy" label={t('plan.who_agreed')} hint={t('plan.who_agreed_hint')} required />
      <FormText name="agreedOn" type="date" label={t('plan.agreed_on')} required />
      <FormText name="until" type="date" label={t('plan.until')} />
      <FormText name="writtenAs" label={t('plan.written')} hint={t('plan.written_hint')} />
      <FormText name="contact" label={t('plan.contact')} hint={t('plan.contact_hint')} required />
      <FormSelect name="fromHour" label={t('plan.from_hour')} options={hours} defaultValue="0" />
      <FormSelect
        name="toHour"
        label={t('plan.to_hour')}
        hint={t('plan.hours_hint')}
        options={hours}
        defaultValue="0"
      />
      <FormText
        name="mostPerHour"
        inputMode="numeric"
        label={t('plan.most_per_hour')}
        hint={t('plan.most_hint', { most: MOST_PER_HOUR })}
        defaultValue="24"
        required
      />
      <div className="sm:col-span-2">
        <FormBox name="emergencyItself" value="true" label={t('plan.itself_box')} />
      </div>
    </Section>
  )
}

/** A probe: its name is what its runner says. */
export async function ProbeForm() {
  const [t, words] = [await getTranslations('supervision'), await getTranslations('vocabulary')]
  return (
    <Section
      title={t('plan.new_probe')}
      action={addProbeAction}
      name="probe"
      send={t('plan.add_probe')}
      foot={t('plan.probe_key')}
    >
      <FormText name="name" label={t('plan.name')} hint={t('plan.name_hint')} required />
      <FormSelect
        name="territoryCode"
        label={t('plan.stands')}
        empty="–"
        options={DEPARTEMENTS.map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))}
        required
      />
      <FormText name="operator" label={t('plan.operator')} hint={t('plan.operator_hint')} required />
      <FormSelect
        name="technology"
        label={t('plan.technology')}
        empty="–"
        options={TECHNOLOGIES.map((value) => ({ value, label: words(`technology.${value}`) }))}
        required
      />
    </Section>
  )
}

function Section({
  title,
  action,
  name,
  send,
  foot,
  children,
}: {
  title: string
  action: FormDoor
  name: string
  send: string
  foot?: string
  children: ReactNode
}) {
  return (
    <section className="grid max-w-3xl gap-4">
      <h2 className="text-xl">{title}</h2>
      {foot && <p className="max-w-[65ch] text-soft">{foot}</p>}
      <DoorForm action={action} name={name} className="grid items-start gap-4 sm:grid-cols-2">
        {children}
        <div className="sm:col-span-2">
          <Button kind="primary">{send}</Button>
        </div>
      </DoorForm>
    </section>
  )
}
