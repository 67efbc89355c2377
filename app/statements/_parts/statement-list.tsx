import { getTranslations } from 'next-intl/server'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormText } from '#app/_doors/fields.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { marked } from '#app/exercises/rules/marker.ts'
import { Button } from '#components/button.tsx'
import { Tag, type Tone } from '#components/tag.tsx'
import { approveAction, givenAction, withdrawAction } from '../actions.ts'
import type { StatementsRead } from '../queries.ts'

type One = StatementsRead['statements'][number]
const TONES: Record<One['state'], Tone> = { draft: 'warn', approved: 'ok', withdrawn: 'neutral' }

export async function StatementList({
  actor,
  statements,
  now,
}: {
  actor: AccountActor
  statements: One[]
  now: Date
}) {
  if (statements.length === 0) return null
  const t = await getTranslations('statements')
  return (
    <section aria-labelledby="statements" className="grid gap-4">
      <h2 id="statements" className="text-2xl">
        {t('list')}
      </h2>
      {statements.map((one) => (
        <Statement key={one.id} actor={actor} one={one} now={now} />
      ))}
    </section>
  )
}

async function Statement({ actor, one, now }: { actor: AccountActor; one: One; now: Date }) {
  const t = await getTranslations('statements')
  const cell = may(actor, 'cell.watch')
  const approves = one.state === 'draft' && (one.audience === 'media' ? may(actor, 'public.open') : !cell)
  const held = one.embargoUntil !== null && one.embargoUntil > now
  return (
    <article className="grid gap-2 rounded-m border border-line p-3">
      <p className="flex flex-wrap items-center gap-3">
        <strong>
          {t(`audiences.${one.audience}`)} · {one.territory}
        </strong>
        <Tag tone={TONES[one.state]}>{t(`states.${one.state}`)}</Tag>
        {held && one.embargoUntil && (
          <Tag tone="warn">
            {t('embargo')} <Moment at={one.embargoUntil} now={now} />
          </Tag>
        )}
      </p>
      <blockquote className="max-w-[65ch] border-l-4 border-accent pl-3 whitespace-pre-line">
        {marked(one.text, one.exerciseId)}
      </blockquote>
      <p className="text-sm text-soft">
        {t('drafted_by', { name: one.draftedByName })} <Moment at={one.draftedAt} now={now} />
        {one.approvedAt && (
          <>
            {' · '}
            {t('approved_by', { name: one.approvedByName ?? '' })} <Moment at={one.approvedAt} now={now} />
          </>
        )}
        {' · '}
        {t('next')} <Moment at={one.nextAt} now={now} />
      </p>
      <div className="flex flex-wrap items-end gap-3">
        {approves && (
          <DoorForm action={approveAction} name={`approve-${one.id}`}>
            <input type="hidden" name="statementId" value={one.id} />
            <input type="hidden" name="version" value={one.version} />
            <Button kind="primary">{t(one.audience === 'media' ? 'approve' : 'validate')}</Button>
          </DoorForm>
        )}
        {one.state === 'approved' && !held && may(actor, 'instructions.write') && (
          <DoorForm action={givenAction} name={`given-${one.id}`} className="flex flex-wrap items-end gap-3">
            <input type="hidden" name="statementId" value={one.id} />
            <FormText id={`by-${one.id}`} name="by" label={t('given_by')} required />
            <FormText id={`to-${one.id}`} name="to" label={t('given_to')} required />
            <Button>{t('log_given')}</Button>
          </DoorForm>
        )}
        {one.state !== 'withdrawn' && may(actor, 'instructions.write') && (
          <DoorForm action={withdrawAction} name={`withdraw-${one.id}`}>
            <input type="hidden" name="statementId" value={one.id} />
            <input type="hidden" name="version" value={one.version} />
            <Button>{t('withdraw')}</Button>
          </DoorForm>
        )}
      </div>
    </article>
  )
}
