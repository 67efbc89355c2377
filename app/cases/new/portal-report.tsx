import { getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormSelect, FormText } from '#app/_doors/fields.tsx'
import { readHotline } from '#app/_shell/hotline.ts'
import { showPhone } from '#app/directory/rules/phone.ts'
import { LinkButton } from '#components/button.tsx'
import { DescriptionList } from '#components/description-list.tsx'
import { Notice } from '#components/notice.tsx'
import { PhoneNumberLarge } from '#components/phone-number-large.tsx'
import { isOpen } from '../rules/states.ts'
import { sendReport } from './actions.ts'
import { filledAgain } from './again.ts'
import { CallbackField } from './callback-field.tsx'
import { FirstQuestions } from './first-questions.tsx'
import { FailedSending, HotlineLine } from './hotline-line.tsx'
import { LaterQuestions } from './later-questions.tsx'
import type { OpenCase } from './open-cases.tsx'
import type { KnownReporter, ReportDesk } from './queries.ts'
import { Question } from './question.tsx'
import { SendButton } from './send-button.tsx'
import { SubmissionId } from './submission-id.tsx'

/** Report in ninety seconds: the ten questions, sendable after the fifth. */
export async function PortalReport({
  actor,
  desk,
  submissionId,
  continues,
  again,
}: {
  actor: AccountActor
  desk: ReportDesk
  submissionId: string
  /** A case closed too long ago to be re-opened, which this one continues. */
  continues: string | null
  /** A former report of the organisation, whose answers are taken up. */
  again: string | null
}) {
  const t = await getTranslations('report')
  const { reporter } = desk
  if (!reporter) return <NoOrganisation />
  const filled = again ? await filledAgain(actor, again) : null
  return (
    <div className="mx-auto max-w-3xl">
      <h1 className="text-2xl sm:text-3xl">{t('title')}</h1>
      <p className="mt-2 max-w-[65ch]">{t('intro')}</p>
      <p className="mt-1 max-w-[65ch] text-sm text-soft">
        {t('marked')} {t('no_patient_data')}
      </p>
      <HotlineLine />
      {continues && (
        <div className="mt-3">
          <Notice>{t('continues', { reference: continues })}</Notice>
        </div>
      )}
      {filled ? (
        <div className="mt-3">
          <Notice>{t('again.filled', { reference: again ?? '' })}</Notice>
        </div>
      ) : (
        desk.last && (
          <p className="mt-3">
            <LinkButton href={`/cases/new?again=${desk.last.reference}`} icon="refresh">
              {t('again.take', { what: await whatFailed(desk.last) })}
            </LinkButton>
          </p>
        )
      )}
      <DoorForm
        action={sendReport}
        name="report"
        kept
        initial={filled ?? undefined}
        className="mt-5 grid gap-5 sm:gap-7"
      >
        <FailedSending />
        <SubmissionId fresh={submissionId} />
        {continues && <input type="hidden" name="reopenedFrom" value={continues} />}
        <Question of="who">
          <WhoFields actor={actor} reporter={reporter} post={desk.ownPost} phone={desk.ownPhone} />
        </Question>
        <FirstQuestions desk={desk} script={false} open={await openCases(reporter)} />
        <Enough />
        <section>
          <h2 className="mb-3 text-2xl">{t('later.title')}</h2>
          <LaterQuestions />
          <div className="border-t border-line pt-4">
            <SendButton label={t('send')} sending={t('sending')} />
          </div>
        </section>
      </DoorForm>
    </div>
  )
}

async function whatFailed({ numbers, symptom }: { numbers: string[]; symptom: string }): Promise<string> {
  const symptoms = await getTranslations('symptoms')
  const heard = symptoms.has(symptom as 'NO_RING') ? symptoms(symptom as 'NO_RING') : symptom
  return [numbers.join(', '), heard].filter(Boolean).join(', ')
}

function openCases({ cases }: KnownReporter): Promise<OpenCase[]> {
  const open = cases.filter(({ state }) => isOpen(state))
  return Promise.all(
    open.map(async ({ reference, numbers, symptom }) => ({
      reference,
      numbers,
      line: `${reference} – ${await whatFailed({ numbers, symptom })}`,
    })),
  )
}

async function WhoFields({
  actor,
  reporter,
  post,
  phone,
}: {
  actor: AccountActor
  reporter: KnownReporter
  post: string | null
  /** His own, of his profile: before the directory's. */
  phone: string | null
}) {
  const t = await getTranslations('report')
  const common = await getTranslations('common')
  const [site] = reporter.sites
  return (
    <>
      <DescriptionList items={[{ term: t('who.organisation'), value: <strong>{reporter.name}</strong> }]} />
      <div className="grid gap-4 sm:grid-cols-2">
        <FormText name="reporterName" label={t('who.name')} defaultValue={actor.name} autoComplete="name" />
        <FormText name="reporterPost" label={t('who.post')} defaultValue={post ?? reporter.posts[0] ?? ''} />
        <CallbackField
          lines={reporter.lines}
          given={showPhone(phone ?? reporter.calledAt ?? '')}
          words={{
            label: t('who.callback'),
            hint: t('who.callback_hint'),
            mark: common('required'),
            warning: t('who.callback_own'),
          }}
          autoComplete="tel"
        />
        {reporter.sites.length > 0 && (
          <FormSelect
            name="siteId"
            label={t('who.site')}
            empty={t('who.no_site')}
            defaultValue={reporter.sites.length === 1 && site ? String(site.id) : ''}
            options={reporter.sites.map(({ id, name }) => ({ value: String(id), label: name }))}
          />
        )}
      </div>
    </>
  )
}

/** After question 5: the case can be opened now, the rest given with its number in hand. */
export async function Enough({ label }: { label?: string } = {}) {
  const t = await getTranslations('report')
  return (
    <div className="rounded-m border-2 border-accent bg-accent-soft p-4">
      <p className="text-lg font-bold">{t('enough.title')}</p>
      <p className="mb-3">{t('enough.text')}</p>
      <SendButton label={label ?? t('enough.send')} sending={t('sending')} />
    </div>
  )
}

async function NoOrganisation() {
  const t = await getTranslations('report')
  const shell = await getTranslations('shell')
  const line = await readHotline()
  return (
    <div className="mx-auto grid max-w-3xl gap-4">
      <h1 className="text-2xl">{t('no_organisation.title')}</h1>
      <p>{t('no_organisation.text')}</p>
      <PhoneNumberLarge
        label={t('failed.call')}
        display={line.display}
        href={line.href}
        action={shell('hotlineCall', { number: line.display })}
      />
    </div>
  )
}
