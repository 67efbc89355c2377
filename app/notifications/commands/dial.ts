import { randomUUID } from 'node:crypto'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { cache } from 'react'
import { z } from 'zod'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { done, type Refusal, type Result, refused, tooMany } from '#app/_doors/result.ts'
import { spend } from '#app/_doors/spend.ts'
import { append } from '#app/_journal/append.ts'
import { dialMark } from '#app/calls/commands/dialled.ts'
import { readPhone } from '#app/directory/rules/phone.ts'
import { ownTelephone } from '#db/schema/call.ts'
import { cases } from '#db/schema/cases.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { readSettings } from '../channels/settings.ts'
import { signed } from '../channels/voice.ts'

export const dialInput = z.object({
  phone: z.string().trim().min(1).max(40),
  reference: z
    .string()
    .max(40)
    .nullish()
    .transform((said) => said || null),
})

/** A hand dials slower; a page gone wild does not. */
const DIALS = { burst: 6, everyMs: 10_000 }
const PATIENCE_MS = 5_000

type Ready = { url: string; telephone: string; phone: string; line: Parameters<typeof append>[2] }

/**
 * One's own telephone rings, and then the number: only one that the directory, the roster, a case or a call of the hotline holds. What came of
 * it the switchboard tells, as of any call; dialled from a case, it stands there.
 */
export async function dial(
  actor: AccountActor,
  input: z.output<typeof dialInput>,
  now: Date,
): Promise<Result<{ telephone: string }>> {
  const ready = await asActor(actor, async (tx): Promise<Ready | Refusal> => {
    const asked = await readyToDial(tx, actor, input, now)
    if (!('ok' in asked)) await append(tx, actor, asked.line)
    return asked
  })
  if ('ok' in ready) return ready
  if (await asked(ready)) return done({ telephone: ready.telephone })
  await asActor(actor, (tx) => append(tx, actor, { ...ready.line, event: 'call.not_dialled', data: {} }))
  return refused('calls.refused.dial_failed')
}

async function readyToDial(
  tx: Tx,
  actor: AccountActor,
  { phone: typed, reference }: z.output<typeof dialInput>,
  now: Date,
): Promise<Ready | Refusal> {
  if (!may(actor, 'cases.work')) return refused('calls.refused.absent')
  if (actor.exerciseId !== null) return refused('calls.refused.exercise')
  const { phone } = readPhone(typed)
  const url = (await readSettings(tx)).voice?.dialUrl
  if (!url) return refused('calls.refused.no_dialling')
  const [own] = await tx
    .select({ name: ownTelephone.name })
    .from(ownTelephone)
    .where(eq(ownTelephone.accountId, actor.accountId))
  if (!own) return refused('calls.refused.no_telephone')
  if (!phone || !(await isKnown(tx, phone))) return refused('calls.refused.number')
  const waits = await spend(tx, `dial:${actor.accountId}`, DIALS, now)
  if (waits) return tooMany(waits)
  const [about] = reference
    ? await tx
        .select({ id: cases.id })
        .from(cases)
        .where(and(eq(cases.reference, reference), isNull(cases.exerciseId)))
    : []
  return {
    url,
    telephone: own.name,
    phone,
    line: {
      ...(about ? { chain: `case:${about.id}`, caseId: about.id } : { chain: 'calls' }),
      at: now,
      event: 'call.dialled',
      visibility: 'internal',
      data: { mark: dialMark(phone) },
    },
  }
}

/** Else a form could make the operator's own switchboard ring anybody. */
async function isKnown(tx: Tx, phone: string): Promise<boolean> {
  const [row] = await tx.execute<{ known: boolean }>(sql`select
    exists (select from contact where phone = ${phone} and active) or exists (select from phone_call where phone = ${phone})
    or exists (select from cases where callback_phone = ${phone} and app.is_open(state))
    or exists (select from account where phone = ${phone} and active)
    or exists (select from contact_way where value = ${phone} and active) as known`)
  return row?.known ?? false
}

/** No answer in time: his telephone may ring all the same, and he sees whether it does. */
async function asked({ url, telephone, phone }: Ready): Promise<boolean> {
  const body = JSON.stringify({ from: telephone, to: phone, key: randomUUID() })
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signed(body) },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    await answer.body?.cancel()
    return answer.ok
  } catch {
    return false
  }
}

/** Can this person dial from a page? A switchboard is set for it, and his telephone has a name there. */
export const mayDial = cache((actor: AccountActor): Promise<boolean> => {
  return asActor(actor, async (tx) => {
    if (!may(actor, 'cases.work') || actor.exerciseId !== null) return false
    const [own] = await tx
      .select({ name: ownTelephone.name })
      .from(ownTelephone)
      .where(eq(ownTelephone.accountId, actor.accountId))
    return own !== undefined && (await readSettings(tx)).voice?.dialUrl != null
  })
})
