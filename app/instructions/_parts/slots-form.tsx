import { getTranslations } from 'next-intl/server'
import { FormArea, FormText } from '#app/_doors/fields.tsx'
import { ClientWords } from '#app/_i18n/client-words.tsx'
import { localField } from '#app/_i18n/time.ts'
import { SLOTS, type Slots } from '#db/reference/vocabulary.ts'
import { TextMeter } from './text-meter.tsx'

/** Who speaks, what fails, where, what to do, until when; the end and the all clear, written at the same time. */
export async function SlotFields({
  slots,
  allClear,
  endsAt,
}: {
  slots?: Slots | undefined
  allClear?: string | undefined
  endsAt?: Date | undefined
}) {
  const t = await getTranslations('instructions')
  return (
    <>
      <fieldset className="grid gap-4">
        <legend className="mb-2 text-xl font-bold">{t('five_slots')}</legend>
        {SLOTS.map((slot) => (
          <FormArea
            key={slot}
            name={`slots.${slot}`}
            label={t(`slots.${slot}`)}
            hint={t(`slot_hint.${slot}`)}
            rows={slot === 'todo' ? 2 : 1}
            most={600}
            required
            defaultValue={slots?.[slot]}
            className="min-h-11!"
          />
        ))}
      </fieldset>
      <ClientWords of={['instructions']}>
        <TextMeter />
      </ClientWords>
      <FormText
        name="endsAt@Europe/Paris"
        type="datetime-local"
        label={t('ends')}
        hint={t('ends_hint')}
        required
        {...(endsAt ? localField(endsAt) : {})}
      />
      <FormArea
        name="allClear"
        label={t('all_clear')}
        hint={t('all_clear_hint')}
        rows={2}
        most={600}
        required
        defaultValue={allClear}
      />
    </>
  )
}
