import { getTranslations } from 'next-intl/server'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormText } from '#app/_doors/fields.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import { showPhone } from '#app/directory/rules/phone.ts'
import { Button } from '#components/button.tsx'
import { DataTable } from '#components/data-table.tsx'
import { calledAction } from '../actions.ts'
import type { BroadcastRead } from '../queries.ts'

/** The telephones that no message reached: whoever stands behind them is called. */
export async function DeadNumbers({ calls, now }: { calls: BroadcastRead['calls']; now: Date }) {
  const [first] = calls
  if (!first) return null
  const t = await getTranslations('broadcasts')
  const title = t('to_call', { count: first.toCall })
  return (
    <section className="grid gap-3" aria-labelledby="to-call">
      <h2 id="to-call" className="text-2xl">
        {title}
      </h2>
      {first.all > calls.length && <p className="text-soft">{t('to_call_shown', { count: calls.length })}</p>}
      <DataTable
        caption={title}
        dense
        rows={calls}
        rowKey={(row) => row.id}
        columns={[
          {
            key: 'phone',
            head: t('telephone'),
            rowHead: true,
            cell: (row) => (
              <a href={`tel:${row.phone}`} className="whitespace-nowrap tabular-nums">
                {showPhone(row.phone)}
              </a>
            ),
          },
          { key: 'name', head: t('who'), cell: (row) => row.name || '–' },
          { key: 'why', head: t('why_not'), cell: (row) => t(`lost.${lostAs(row.why)}`) },
          {
            key: 'call',
            head: t('call'),
            cell: (row) =>
              row.calledAt ? (
                <>
                  <Moment at={new Date(row.calledAt)} now={now} /> · {row.calledByName} · {row.callResult}
                </>
              ) : (
                <DoorForm
                  action={calledAction}
                  name={`called-${row.id}`}
                  className="flex flex-wrap items-end gap-2"
                >
                  <input type="hidden" name="recipientId" value={row.id} />
                  <FormText
                    id={`result-${row.id}`}
                    name="result"
                    label={t('call_result')}
                    hideLabel
                    required
                  />
                  <Button size="dense">{t('log_call')}</Button>
                </DoorForm>
              ),
          },
        ]}
      />
    </section>
  )
}

function lostAs(why: string): 'silent' | 'unknown' | 'dead' {
  if (why === 'no receipt') return 'silent'
  return why === 'unknown' ? 'unknown' : 'dead'
}
