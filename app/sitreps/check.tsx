import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { AUDIENCES, fieldsLacking } from '#app/crisis/rules/audiences.ts'
import type { Picture } from '#app/incidents/picture.ts'
import { Button, LinkButton } from '#components/button.tsx'
import { Notice } from '#components/notice.tsx'
import { draftAction, sendAction } from './actions.ts'
import type { NoticeRow, readNotice } from './queries.ts'
import { changesSince } from './rules/changes.ts'
import { SitrepSheet } from './sheet.tsx'

type Draft = NonNullable<NonNullable<Awaited<ReturnType<typeof readNotice>>>['draft']>

/** Before it leaves: exactly what will be read, to whom it goes, and what came in since its figures were taken. */
export async function CheckBeforeSending({ one, draft, now }: { one: NoticeRow; draft: Draft; now: Date }) {
  const t = await getTranslations('sitreps')
  const chosen = new Set(one.body.to)
  const to = draft.authorities.filter(({ id }) => chosen.has(id))
  const leftOut = draft.authorities.filter(({ id }) => draft.proposed.includes(id) && !chosen.has(id))
  const annexes = Object.entries(one.body.annexes ?? {})
  const places = (one.body.facts as Picture | undefined)?.territories.length ?? 0
  const { text, contact, instruction, fallback, cause, estimate } = one.body
  const lacking = fieldsLacking(
    { text, contact, instruction, fallback, cause, estimate, places },
    (now.getTime() - draft.openedAt.getTime()) / 60_000,
  )
  return (
    <div className="grid gap-6">
      <h2 className="text-2xl">{t('check.title')}</h2>
      <NewFacts one={one} draft={draft} />
      <section aria-label={t('check.will_read')} className="rounded-m border-2 border-edge bg-raised p-4">
        <SitrepSheet one={one} now={now} annex={null} />
      </section>
      {lacking.length > 0 && (
        <Notice tone="warn" title={t('owed.title')}>
          <ul className="ml-5 list-disc">
            {lacking.map((field) => (
              <li key={field}>{t(`owed.${field}`)}</li>
            ))}
          </ul>
        </Notice>
      )}
      <section aria-labelledby="check-to" className="grid gap-1">
        <h3 id="check-to" className="text-xl">
          {t('check.to', { count: to.length })}
        </h3>
        <p>{to.map(({ name }) => name).join(', ')}</p>
        {leftOut.length > 0 && (
          <Notice tone="warn">
            {t('check.left_out', { count: leftOut.length, list: leftOut.map(({ name }) => name).join(', ') })}
          </Notice>
        )}
        {one.body.services && <p>{t('services', { count: draft.services })}</p>}
        {AUDIENCES.map((audience) =>
          one.body.audiences?.[audience] ? (
            <p key={audience} className="whitespace-pre-line">
              <strong>{t(`audiences.${audience}`)}</strong> {one.body.audiences[audience]}
            </p>
          ) : null,
        )}
        {annexes.map(([code, text]) => (
          <p key={code} className="whitespace-pre-line">
            <strong>
              {t('annex')} {code}
            </strong>{' '}
            {text}
          </p>
        ))}
      </section>
      <div className="flex flex-wrap items-start gap-3">
        <DoorForm action={sendAction} name={`send-${one.id}`}>
          <input type="hidden" name="noticeId" value={one.id} />
          <input type="hidden" name="version" value={one.version} />
          <Button kind="primary" size="large">
            {t('check.send', { count: to.length })}
          </Button>
        </DoorForm>
        <LinkButton href={`/sitreps/${one.id}`} size="large">
          {t('check.correct')}
        </LinkButton>
      </div>
      <p className="max-w-[65ch] text-soft">{t('issue_explain')}</p>
    </div>
  )
}

/** What the incident shows now and the draft does not: offered, never mixed in behind the writer's back. */
export async function NewFacts({ one, draft }: { one: NoticeRow; draft: Draft }) {
  const t = await getTranslations('sitreps')
  const facts = one.body.facts as Picture | undefined
  const changes = facts ? changesSince(facts, draft.present) : []
  if (changes.length === 0) return null
  return (
    <Notice tone="warn" title={t('check.meanwhile')} live>
      <ul className="ml-5 list-disc">
        {changes.map(({ key, values }) => (
          <li key={key + JSON.stringify(values)}>{t(`changes.${key}` as never, values as never)}</li>
        ))}
      </ul>
      <DoorForm action={draftAction} name={`refresh-${one.id}`} className="mt-2">
        <input type="hidden" name="kind" value={one.kind} />
        <input type="hidden" name="incident" value={one.body.incident ?? ''} />
        <Button>{t('check.take')}</Button>
      </DoorForm>
    </Notice>
  )
}
