import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import type { AccountActor } from '#app/_auth/actor.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormBox, FormSelect, FormText } from '#app/_doors/fields.tsx'
import { PARIS } from '#app/_i18n/time.ts'
import { showPhone } from '#app/directory/rules/phone.ts'
import { Arrival } from '#components/arrival.tsx'
import { LinkButton } from '#components/button.tsx'
import { Notice } from '#components/notice.tsx'
import { PhoneNumberLarge } from '#components/phone-number-large.tsx'
import { sendReport } from './actions.ts'
import { CallbackField } from './callback-field.tsx'
import { CallerCases } from './caller-cases.tsx'
import { CallerSearch } from './caller-search.tsx'
import { FirstQuestions } from './first-questions.tsx'
import { Fold } from './fold.tsx'
import { FailedSending } from './hotline-line.tsx'
import { LaterQuestions } from './later-questions.tsx'
import type { ChosenReporter } from './options.ts'
import { Enough } from './portal-report.tsx'
import type { KnownReporter, ReportDesk } from './queries.ts'
import { Question, Say } from './question.tsx'
import { RedirectedCall } from './redirected-call.tsx'
import { SendButton } from './send-button.tsx'
import { SubmissionId } from './submission-id.tsx'

/** Taking a report by telephone: the same ten questions, as a script with the sentences to say. */
export async function PhoneReport({
  actor,
  desk,
  caller,
  submissionId,
  query,
}: {
  actor: AccountActor
  desk: ReportDesk
  caller: ChosenReporter | null
  submissionId: string
  query: string
}) {
  const t = await getTranslations('report')
  const colon = (await getTranslations('common'))('colon')
  const chosen = caller && (caller.kind !== 'known' || desk.reporter) ? caller : null
  return (
    <div className="mx-auto max-w-3xl">
      <h1 className="text-2xl sm:text-3xl">{t('phone.title')}</h1>
      <p className="mt-1 max-w-[65ch] text-sm text-soft">{t('no_patient_data')}</p>
      {chosen ? (
        <Arrival label={t('phone.chosen')} className="mt-4">
          <p className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <span>
              {t('phone.chosen')}
              {colon}
              <strong>
                {chosen.kind === 'known' ? desk.reporter?.name : t(`phone.unknown.${chosen.kind}`)}
              </strong>
            </span>
            <Link
              href={`/cases/new?channel=phone&s=${submissionId}`}
              prefetch={false}
              className="inline-flex min-h-11 items-center"
            >
              {t('phone.change')}
            </Link>
          </p>
          {desk.reporter && <CallerCases cases={desk.reporter.cases} />}
        </Arrival>
      ) : (
        <CallerSearch actor={actor} submissionId={submissionId} query={query} />
      )}
      {chosen && chosen.kind !== 'known' && chosen.kind !== 'unlisted' && (
        <RedirectedCall kind={chosen.kind} desk={desk} submissionId={submissionId} />
      )}
      {chosen && (chosen.kind === 'known' || chosen.kind === 'unlisted') && (
        <DoorForm action={sendReport} name="call" kept className="mt-5 grid gap-5 sm:gap-7">
          <FailedSending />
          <SubmissionId fresh={submissionId} />
          <Question of="who">
            {desk.reporter ? <KnownCaller reporter={desk.reporter} /> : <UnlistedCaller />}
            <Fold summary={t('phone.late')} fields={['heardAt']}>
              <div className="max-w-xs">
                <FormText
                  name={`heardAt@${PARIS}`}
                  type="datetime-local"
                  label={t('phone.heard')}
                  hint={t('phone.heard_hint')}
                />
              </div>
            </Fold>
          </Question>
          <FirstQuestions desk={desk} script />
          <Enough label={t('phone.send')} />
          <section>
            <h2 className="mb-3 text-2xl">{t('later.title')}</h2>
            <LaterQuestions script />
            <div className="border-t border-line pt-4">
              <SendButton label={t('phone.send')} sending={t('sending')} />
            </div>
          </section>
        </DoorForm>
      )}
      {!chosen && <p className="mt-6 text-soft">{t('phone.first')}</p>}
    </div>
  )
}

/** The number to call back is the directory's, shown here; the one the caller gives proves nothing. */
async function KnownCaller({ reporter }: { reporter: KnownReporter }) {
  const t = await getTranslations('report')
  const shell = await getTranslations('shell')
  const common = await getTranslations('common')
  const [first] = reporter.callBacks
  return (
    <>
      <input type="hidden" name="organisationId" value={reporter.id} />
      <h3 className="text-lg">{t('phone.verify')}</h3>
      {first?.phone ? (
        <>
          <Say>{t('phone.say.callback')}</Say>
          {reporter.callBacks.slice(0, 3).map(({ id, name, phone, post }) => (
            <PhoneNumberLarge
              key={id}
              label={[name, post].filter(Boolean).join(', ')}
              display={showPhone(phone ?? '')}
              href={`tel:${phone}`}
              action={shell('hotlineCall', { number: showPhone(phone ?? '') })}
              hint={t('phone.verify_text')}
            />
          ))}
          <FormBox
            name="calledBack?"
            id="calledBack"
            label={t('phone.verify_done')}
            hint={t('phone.verify_not')}
          />
        </>
      ) : (
        <Notice tone="warn">{t('phone.no_callback')}</Notice>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <FormText
          name="reporterName"
          label={t('phone.caller_name')}
          defaultValue={reporter.contact?.name ?? ''}
          autoComplete="off"
        />
        <FormText
          name="reporterPost"
          label={t('phone.caller_post')}
          defaultValue={reporter.contact?.post ?? ''}
          autoComplete="off"
        />
        <CallbackField
          lines={reporter.lines}
          given={showPhone(reporter.calledAt ?? '')}
          words={{ label: t('phone.callback'), mark: common('required'), warning: t('phone.callback_own') }}
          autoComplete="off"
        />
        {reporter.sites.length > 0 && (
          <FormSelect
            name="siteId"
            label={t('who.site')}
            empty={t('who.no_site')}
            defaultValue={reporter.sites.length === 1 ? String(reporter.sites[0]?.id) : ''}
            options={reporter.sites.map(({ id, name }) => ({ value: String(id), label: name }))}
          />
        )}
      </div>
    </>
  )
}

async function UnlistedCaller() {
  const t = await getTranslations('report')
  const common = await getTranslations('common')
  return (
    <>
      <input type="hidden" name="reporterKind" value="unknown_caller" />
      <Notice tone="warn">{t('phone.unlisted_text')}</Notice>
      <div className="grid gap-4 sm:grid-cols-2">
        <FormText name="reporterName" label={t('phone.caller_name')} autoComplete="off" />
        <FormText name="reporterPost" label={t('phone.caller_organisation')} autoComplete="off" />
        <FormText
          name="callbackPhone"
          type="tel"
          label={t('phone.callback')}
          mark={common('required')}
          autoComplete="off"
        />
      </div>
    </>
  )
}

export function CallAgain({ label }: { label: string }) {
  return (
    <LinkButton href="/cases/new?channel=phone" icon="phone">
      {label}
    </LinkButton>
  )
}
