import Link from 'next/link'
import { getLocale, getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormText } from '#app/_doors/fields.tsx'
import { Due, Moment } from '#app/_i18n/moment.tsx'
import { durationText } from '#app/_i18n/time.ts'
import { Button } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { Icon } from '#components/icon.tsx'
import { Tag } from '#components/tag.tsx'
import { linkCallAction, logCallBackAction } from './actions.ts'
import { callerName, intakePath } from './caller-name.ts'
import { callerWords } from './caller-words.ts'
import { DialButton } from './dial-button.tsx'
import type { CallLine } from './queries.ts'
import { waitedS } from './rules/call.ts'

/** Calls, one a line: who, what became of it, how long they waited, what is still to do. */
export async function CallsTable({
  calls,
  now,
  caption,
  dials,
}: {
  calls: CallLine[]
  now: Date
  caption: string
  /** Whoever reads it can dial from here. */
  dials: boolean
}) {
  const [t, locale] = [await getTranslations('calls'), await getLocale()]
  const words = await callerWords()
  const ms = (at: string | null) => (at === null ? null : Date.parse(at))
  const times = (call: CallLine) => ({
    startedAt: Date.parse(call.startedAt),
    answeredAt: ms(call.answeredAt),
    endedAt: ms(call.endedAt),
  })
  const openTask = (call: CallLine) => call.callBackAt !== null && call.calledBackAt === null
  return (
    <DataTable
      caption={caption}
      rows={calls}
      rowKey={(call) => call.id}
      rowProps={(call) => ({
        'data-call': String(call.id),
        ...(openTask(call)
          ? { 'data-accent': Date.parse(call.callBackAt ?? '') < now.getTime() ? 'danger' : 'warn' }
          : {}),
      })}
      columns={[
        {
          key: 'who',
          head: t('column.who'),
          rowHead: true,
          cell: (call) => (
            <span className="grid gap-0.5">
              <span>{callerName(call, words)}</span>
              {call.phone ? (
                <>
                  <a
                    href={`tel:${call.phone}`}
                    className="inline-flex min-h-9 items-center gap-1 text-lg font-bold whitespace-nowrap tabular-nums coarse:min-h-11"
                  >
                    <Icon name="phone" className="size-4" />
                    {call.number}
                  </a>
                  {dials && (
                    <DialButton phone={call.phone} name={String(call.id)} reference={call.reference} />
                  )}
                </>
              ) : (
                <span className="text-soft">{call.number}</span>
              )}
            </span>
          ),
        },
        {
          key: 'state',
          head: t('column.state'),
          cell: (call) => (
            <span className="flex flex-wrap items-center gap-1">
              <Tag tone={openTask(call) ? 'danger' : call.state === 'ringing' ? 'accent' : 'neutral'}>
                {t(`state.${call.direction}_${call.state}`)}
              </Tag>
              {call.tries > 1 && openTask(call) && <span>{t('tries', { count: call.tries })}</span>}
              {call.answeredBy && <span className="text-soft">{call.answeredBy}</span>}
            </span>
          ),
        },
        {
          key: 'at',
          head: t('column.at'),
          cell: (call) => <Moment at={new Date(call.startedAt)} now={now} />,
        },
        {
          key: 'waited',
          head: t('column.waited'),
          numeric: true,
          cell: (call) => durationText(waitedS(times(call), now.getTime()), locale),
        },
        {
          key: 'case',
          head: t('column.case'),
          cell: (call) =>
            call.reference ? (
              <Link href={`/cases/${call.reference}`} prefetch={false} className="whitespace-nowrap">
                {call.reference}
              </Link>
            ) : (
              <span className="grid gap-1">
                <Link href={intakePath(call)} prefetch={false}>
                  {t('write_down')}
                </Link>
                <details>
                  <summary className="min-h-9 text-sm text-accent coarse:min-h-11">{t('link.open')}</summary>
                  <DoorForm action={linkCallAction} name={`link-${call.id}`} className="grid gap-2">
                    <input type="hidden" name="callId" value={call.id} />
                    <FormText
                      id={`reference-${call.id}`}
                      name="reference"
                      label={t('link.reference')}
                      required
                    />
                    <Button size="dense">{t('link.save')}</Button>
                  </DoorForm>
                </details>
              </span>
            ),
        },
        {
          key: 'to_do',
          head: t('column.to_do'),
          cell: (call) => {
            if (call.calledBackAt)
              return (
                <span className="text-sm">
                  {call.calledBackBy ? t('called_back_by', { name: call.calledBackBy }) : t('spoken_since')}{' '}
                  <Moment at={new Date(call.calledBackAt)} now={now} />
                  {call.result && <span className="block text-soft">{call.result}</span>}
                </span>
              )
            if (!call.callBackAt) return '–'
            return (
              <DoorForm
                action={logCallBackAction}
                name={`back-${call.id}`}
                className="grid gap-2 sm:grid-cols-[1fr_auto] sm:items-end"
              >
                <p className="font-semibold sm:col-span-2">
                  {t('call_back')} <Due at={new Date(call.callBackAt)} now={now} />
                </p>
                <input type="hidden" name="callId" value={call.id} />
                <FormText id={`result-${call.id}`} name="result" label={t('result')} required />
                <Button>{t('log')}</Button>
              </DoorForm>
            )
          },
        },
      ]}
    />
  )
}
