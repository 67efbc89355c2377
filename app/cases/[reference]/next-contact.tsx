import { getLocale, getTranslations } from 'next-intl/server'
import { FormRadios, FormText } from '#app/_doors/fields.tsx'
import { durationText, hourText } from '#app/_i18n/time.ts'
import type { CaseState, Level } from '#db/schema/cases.ts'
import { LEVEL_CLOCK, longestPromise } from '../rules/deadlines.ts'

const CHOICES = [10, 15, 30, 60, 120, 240, 480, 1440]
const SHOWN = 4

/** When the reporter hears from the cell again: the few hours that the level allows, or an exact one. */
export async function NextContact({
  state,
  level,
  now,
  timeZone,
}: {
  /** The state the case will be in. */
  state: CaseState
  level: Level
  now: Date
  timeZone: string
}) {
  const [t, locale] = [await getTranslations('cases'), await getLocale()]
  const longest = Math.round((longestPromise(state, level, now).getTime() - now.getTime()) / 60_000)
  const minutes = CHOICES.filter((choice) => choice <= longest).slice(-SHOWN)
  const usual = Math.min(LEVEL_CLOCK[level].updateMin, longest)
  return (
    <div className="grid gap-2 sm:grid-cols-[1fr_auto]">
      <FormRadios
        name="nextContactIn"
        label={t('field.next_contact')}
        layout="row"
        defaultValue={String(minutes.includes(usual) ? usual : minutes.at(-1))}
        options={minutes.map((choice) => ({
          value: String(choice),
          label: t('field.next_in', {
            time: durationText(choice * 60, locale),
            hour: hourText(new Date(now.getTime() + choice * 60_000), locale, timeZone),
          }),
        }))}
      />
      <FormText name={`nextContactAt@${timeZone}`} type="datetime-local" label={t('field.next_exact')} />
    </div>
  )
}
