import { getTranslations } from 'next-intl/server'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormBox, FormBoxes, FormSelect, FormText } from '#app/_doors/fields.tsx'
import { Due, Moment } from '#app/_i18n/moment.tsx'
import { Button } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { Tag } from '#components/tag.tsx'
import { askAction, callAction } from '../actions.ts'
import type { AskedRead, InstructionRead } from '../queries.ts'

type Of = { actor: AccountActor; read: InstructionRead; now: Date }

/** Who was asked, what was answered; who is late is telephoned from here. */
export async function AskedTable({ actor, read: { asked, one }, now }: Of) {
  const t = await getTranslations('instructions')
  const working = one.state === 'draft' && may(actor, 'instructions.write')
  return (
    <DataTable
      caption={t('asked')}
      rows={asked}
      rowKey={(row) => row.id}
      rowProps={(row) => (one.state === 'draft' ? accent(row) : {})}
      columns={[
        {
          key: 'who',
          head: t('organisation'),
          rowHead: true,
          cell: (row) => (
            <>
              {row.organisation}
              <span className="block text-sm font-normal text-soft">{t(`parts.${row.part}`)}</span>
            </>
          ),
        },
        {
          key: 'answer',
          head: t('answer'),
          cell: (row) =>
            row.answer ? (
              <>
                <Tag tone={row.answer === 'agreed' ? 'ok' : 'danger'}>{t(`answers.${row.answer}`)}</Tag>{' '}
                {row.answeredAt && <Moment at={row.answeredAt} now={now} />} · {row.answeredByName}
                {row.reason && <span className="block">{row.reason}</span>}
              </>
            ) : one.state !== 'draft' ? (
              <Tag>{t('no_answer')}</Tag>
            ) : (
              <>
                <Tag tone={row.callDueAt ? 'danger' : 'warn'}>{t(row.callDueAt ? 'to_call' : 'waiting')}</Tag>{' '}
                <Due at={row.deadlineAt} now={now} />
              </>
            ),
        },
        {
          key: 'read',
          head: t('read_at'),
          cell: (row) => (row.acknowledgedAt ? <Moment at={row.acknowledgedAt} now={now} /> : '–'),
        },
        {
          key: 'call',
          head: t('call'),
          cell: (row) => (
            <>
              {row.calledAt && (
                <span className="block">
                  <Moment at={row.calledAt} now={now} /> · {row.calledByName} · {row.callResult}
                </span>
              )}
              {working && !row.answer && <CallForm row={row} />}
            </>
          ),
        },
      ]}
    />
  )
}

function accent(row: AskedRead) {
  if (row.answer === 'refused' || (!row.answer && row.callDueAt)) return { 'data-accent': 'danger' }
  return row.answer ? {} : { 'data-accent': 'warn' }
}

async function CallForm({ row }: { row: AskedRead }) {
  const t = await getTranslations('instructions')
  return (
    <details>
      <summary className="inline-flex min-h-9 items-center text-accent coarse:min-h-11">
        {t('log_call')}
      </summary>
      <DoorForm action={callAction} name={`call-${row.id}`} className="grid min-w-56 gap-3 py-2">
        <input type="hidden" name="askedId" value={row.id} />
        <FormText id={`result-${row.id}`} name="result" label={t('call_result')} required />
        <FormSelect
          id={`answer-${row.id}`}
          name="answer"
          label={t('answer')}
          defaultValue="none"
          options={(['none', 'agreed', 'refused'] as const).map((value) => ({
            value,
            label: t(`answers.${value}`),
          }))}
        />
        <FormText id={`by-${row.id}`} name="by" label={t('said_by')} hint={t('said_by_hint')} />
        <FormBox id={`called-back-${row.id}`} name="calledBack?" label={t('called_back')} />
        <Button>{t('log_call')}</Button>
      </DoorForm>
    </details>
  )
}

/** Those proposed are ticked: who answers the number there, and who may validate; the others are at hand. */
export async function AskForm({ read: { one, asked, askable } }: { read: InstructionRead }) {
  if (!askable) return null
  const t = await getTranslations('instructions')
  const free = (part: 'actor' | 'authority') => (org: { id: number }) =>
    !asked.some((row) => row.organisationId === org.id && row.part === part)
  const [actors, others, authorities] = [
    askable.actors.filter(free('actor')),
    askable.others.filter(free('actor')),
    askable.authorities.filter(free('authority')),
  ]
  const options = (rows: typeof actors) => rows.map((row) => ({ value: String(row.id), label: row.name }))
  if (actors.length + others.length + authorities.length === 0) return null
  return (
    <details className="rounded-m border border-line p-3" open={asked.length === 0}>
      <summary className="font-semibold">{t(asked.length === 0 ? 'ask' : 'ask_more')}</summary>
      <DoorForm action={askAction} name={`ask-${one.id}`} className="mt-3 grid gap-4">
        <input type="hidden" name="instructionId" value={one.id} />
        <input type="hidden" name="version" value={one.version} />
        {actors.length > 0 && (
          <FormBoxes
            name="actors[]"
            label={t('actors')}
            hint={t('actors_hint')}
            layout="grid"
            options={options(actors)}
            defaultValues={
              asked.length === 0 && actors.length <= MOST_TICKED ? actors.map(({ id }) => String(id)) : []
            }
          />
        )}
        {authorities.length > 0 && (
          <FormBoxes
            name="authorities[]"
            label={t('authorities')}
            hint={t('authorities_hint')}
            layout="grid"
            options={options(authorities)}
            defaultValues={authorities.slice(0, asked.length === 0 ? 1 : 0).map(({ id }) => String(id))}
          />
        )}
        {others.length > 0 && (
          <details>
            <summary className="text-accent">{t('other_actors', { count: others.length })}</summary>
            <FormBoxes
              name="actors[]"
              id={actors.length > 0 ? 'other-actors' : 'actors'}
              label={t('other_actors', { count: others.length })}
              layout="grid"
              options={options(others)}
            />
          </details>
        )}
        <div>
          <Button kind="primary">{t('ask')}</Button>
        </div>
      </DoorForm>
    </details>
  )
}

/** More are not asked by a slip of the hand: a national text is agreed with those who speak for all. [D] */
const MOST_TICKED = 12
