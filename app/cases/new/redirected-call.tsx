import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormArea } from '#app/_doors/fields.tsx'
import { Notice } from '#components/notice.tsx'
import { sendRedirected } from './actions.ts'
import { territoryOptions } from './first-questions.tsx'
import { FailedSending } from './hotline-line.tsx'
import type { UnknownCaller } from './options.ts'
import { PlaceOfReport, TerritoryField } from './place.tsx'
import type { ReportDesk } from './queries.ts'
import { Say } from './question.tsx'
import { SendButton } from './send-button.tsx'
import { SubmissionId } from './submission-id.tsx'

/** Hors périmètre: told where to call, logged, not counted (DOMAIN §7). */
export async function RedirectedCall({
  kind,
  desk,
  submissionId,
}: {
  kind: Exclude<UnknownCaller, 'unlisted'>
  desk: ReportDesk
  submissionId: string
}) {
  const t = await getTranslations('report')
  const common = await getTranslations('common')
  const vital = desk.numbers.filter((one) => one.legalAlert)
  return (
    <>
      <section className="mt-4 grid gap-3">
        <h2 className="text-xl">{t('redirect.title')}</h2>
        <Say>{t(`redirect.say.${kind}`)}</Say>
        <ul className="grid grid-cols-2 gap-2 sm:grid-cols-4">
          {vital.map(({ number, labelFr }) => (
            <li key={number} className="rounded-m border border-edge bg-raised px-3 py-2">
              <strong className="block text-2xl tabular-nums">{number}</strong>
              <span className="text-sm text-soft">{labelFr}</span>
            </li>
          ))}
        </ul>
        <p>{t('redirect.sms')}</p>
        <p>{t('redirect.fallback')}</p>
        <Notice tone="warn">{t('redirect.never')}</Notice>
      </section>
      <DoorForm
        action={sendRedirected}
        name={`call-${kind}`}
        className="mt-6 grid gap-4 border-t border-line pt-4"
      >
        <h2 className="text-xl">{t('redirect.log')}</h2>
        <p>{t('redirect.log_text')}</p>
        <FailedSending />
        <SubmissionId fresh={submissionId} />
        <input type="hidden" name="reporterKind" value={kind} />
        <input type="hidden" name="symptom" value="UNKNOWN" />
        <PlaceOfReport initial="">
          <TerritoryField
            label={t('where.territory')}
            empty={t('where.choose')}
            mark={common('required')}
            options={await territoryOptions(desk)}
          />
        </PlaceOfReport>
        <FormArea name="details" rows={3} label={t('redirect.what')} hint={t('no_patient_data')} />
        <div>
          <SendButton label={t('redirect.send')} sending={t('sending')} />
        </div>
      </DoorForm>
    </>
  )
}
