import { getTranslations } from 'next-intl/server'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { DoorForm } from '#app/_doors/door-form.tsx'
import { FormSelect, FormText } from '#app/_doors/fields.tsx'
import { Moment } from '#app/_i18n/moment.tsx'
import type { RosterShift } from '#app/crisis/commands/on-call.ts'
import { MAY_HOLD, overlaps } from '#app/crisis/rules/roster.ts'
import { Button } from '#components/button.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { Tag } from '#components/tag.tsx'
import type { Role } from '#db/schema/account.ts'
import { cancelShiftAction, swapShiftAction } from '../actions.ts'

export type Candidate = { id: number; label: string; role: Role; reachable: boolean }
type Shared = { actor: AccountActor; people: Candidate[]; all: RosterShift[]; now: Date }
type Slot = { from: number; to: number; shifts: RosterShift[] }

/** What a person taking over asks first: who is there, who comes next. The days after fold away. */
const NEAR_MS = 24 * 3_600_000

/** The shifts, a card for those who begin and end together. */
export async function Shifts({ shifts, ...rest }: { shifts: RosterShift[] } & Omit<Shared, 'all'>) {
  const shared = { ...rest, all: shifts }
  const t = await getTranslations('cell')
  const slots = slotsOf(shifts)
  const near = slots.filter((slot) => slot.from < shared.now.getTime() + NEAR_MS)
  const later = slots.slice(near.length)
  return (
    <section aria-labelledby="shifts" className="grid gap-3">
      <h2 id="shifts" className="text-xl">
        {t('roster.shifts')}
      </h2>
      {slots.length === 0 && <EmptyState title={t('roster.none')} />}
      <Slots slots={near} {...shared} />
      {later.length > 0 && (
        <details>
          <summary className="inline-flex min-h-11 items-center font-semibold text-accent">
            {t('roster.later', { count: later.length })}
          </summary>
          <Slots slots={later} {...shared} />
        </details>
      )}
    </section>
  )
}

async function Slots({ slots, ...shared }: { slots: Slot[] } & Shared) {
  const t = await getTranslations('cell')
  const at = shared.now.getTime()
  return (
    <ul className="grid items-start gap-3 lg:grid-cols-2">
      {slots.map(({ from, to, shifts }) => (
        <li
          key={`${from}${to}`}
          className={`rounded-m border border-l-4 border-line bg-raised p-3 ${from <= at ? 'border-l-accent' : 'border-l-edge'}`}
        >
          <h3 className="flex flex-wrap items-center gap-x-2 gap-y-1 text-base">
            <span>
              <Moment at={new Date(from)} now={shared.now} /> – <Moment at={new Date(to)} now={shared.now} />
            </span>
            {from <= at && <Tag tone="accent">{t('roster.now')}</Tag>}
          </h3>
          <ul className="mt-1">
            {shifts.map((shift) => (
              <ShiftLine key={shift.id} shift={shift} {...shared} />
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}

async function ShiftLine({ shift, actor, people, all }: { shift: RosterShift } & Shared) {
  const [t, words] = [await getTranslations('cell'), await getTranslations('vocabulary')]
  const everything = await getTranslations()
  const lead = may(actor, 'roster.keep')
  return (
    <li className="grid items-start gap-x-4 border-t border-line py-1 sm:grid-cols-[1fr_auto]">
      <p className="self-center">
        <b>{shift.name}</b>{' '}
        <span className="text-soft">
          {words(`role.${shift.role}`)}, {t('roster.rank_n', { rank: shift.rank })}
        </span>
        {shift.unfit && (
          <span className="block text-sm text-danger">
            <Tag tone="danger">{t('roster.unfit')}</Tag>{' '}
            {everything(shift.unfit.key as never, shift.unfit.values as never)}
          </span>
        )}
      </p>
      {(lead || shift.accountId === actor.accountId) && (
        <ShiftChange row={shift} people={takers(shift, people, all)} lead={lead} />
      )}
    </li>
  )
}

/** Who could take this shift: reachable, of a role that may hold it, and not on one of that role already. */
function takers(shift: RosterShift, people: Candidate[], all: RosterShift[]) {
  return people
    .filter(
      (one) =>
        one.id !== shift.accountId &&
        one.reachable &&
        MAY_HOLD[shift.role].includes(one.role) &&
        !overlaps(all, { ...shift, accountId: one.id }),
    )
    .map((one) => ({ value: String(one.id), label: one.label }))
}

async function ShiftChange({
  row,
  people,
  lead,
}: {
  row: RosterShift
  people: { value: string; label: string }[]
  lead: boolean
}) {
  const t = await getTranslations('cell')
  return (
    <details className="open:sm:col-span-2">
      <summary className="inline-flex min-h-9 items-center text-sm text-accent underline underline-offset-4 coarse:min-h-11">
        {lead ? t('roster.swap_or_cancel') : t('roster.swap')}
        <span className="sr-only"> {row.name}</span>
      </summary>
      <DoorForm action={swapShiftAction} name={`swap-${row.id}`} className="grid gap-2 py-2">
        <input type="hidden" name="shiftId" value={row.id} />
        {people.length === 0 && <p className="text-soft">{t('roster.swap_nobody')}</p>}
        {people.length > 0 && (
          <>
            <FormSelect
              id={`swap-to-${row.id}`}
              name="accountId"
              label={t('roster.swap_with')}
              options={people}
              empty={t('roster.choose')}
              required
            />
            <div className="grid gap-2 sm:grid-cols-2 sm:items-end">
              <FormText
                id={`swap-from-${row.id}`}
                name="fromAt@Europe/Paris"
                type="datetime-local"
                label={t('roster.swap_from')}
              />
              <FormText
                id={`swap-until-${row.id}`}
                name="toAt@Europe/Paris"
                type="datetime-local"
                label={t('roster.swap_to')}
              />
            </div>
            <div>
              <Button size="dense">{t('roster.swap')}</Button>
            </div>
          </>
        )}
      </DoorForm>
      {lead && (
        <DoorForm action={cancelShiftAction} name={`cancel-${row.id}`} className="grid gap-2 py-2">
          <input type="hidden" name="shiftId" value={row.id} />
          <FormText id={`cancel-why-${row.id}`} name="reason" label={t('roster.cancel_why')} required />
          <div>
            <Button size="dense" kind="danger">
              {t('roster.cancel')}
            </Button>
          </div>
        </DoorForm>
      )}
    </details>
  )
}

function slotsOf(shifts: RosterShift[]): Slot[] {
  const slots = new Map<string, Slot>()
  for (const shift of shifts) {
    const key = `${shift.from} ${shift.to}`
    const slot = slots.get(key) ?? { from: shift.from, to: shift.to, shifts: [] }
    slot.shifts.push(shift)
    slots.set(key, slot)
  }
  return [...slots.values()].map((slot) => ({ ...slot, shifts: slot.shifts.sort(byRole) }))
}

const ORDER = ['director', 'lead', 'agent', 'admin']

function byRole(a: RosterShift, b: RosterShift): number {
  return ORDER.indexOf(a.role) - ORDER.indexOf(b.role) || a.rank - b.rank
}
