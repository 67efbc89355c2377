import { headers } from 'next/headers'
import type { AccountActor } from '#app/_auth/actor.ts'
import { addressOf } from '#app/_auth/address.ts'
import { secret } from '#app/_auth/cookie.ts'
import { fingerprint } from '#app/_auth/fingerprint.ts'
import { appSql } from '#db/client.ts'
import { clockNow } from './clock.ts'
import { refusal } from './refusal.ts'
import { type Refusal, tooMany } from './result.ts'
import { type Asked, type Spending, spendings } from './rules/budgets.ts'
import { say } from './say.ts'

/** What this request spends; for a statement that is made anyway (app.spend), or for `overspent`. */
export async function budgetOf(actor: AccountActor, asked: Asked): Promise<Spending[]> {
  const address = addressOf(await headers())
  const whose = {
    account: String(actor.accountId),
    organisation: actor.organisationId === null ? null : String(actor.organisationId),
    // Kept for a day: as a mark, not as an address.
    address: address === null ? null : fingerprint(`address:${address}`, secret()),
  }
  return spendings(asked, whose, factor())
}

/** Spends it now; the refusal when there is none left. */
export async function overspent(actor: AccountActor, asked: Asked): Promise<Refusal | null> {
  const budget = await budgetOf(actor, asked)
  const [row] = await appSql()<{ waits: number }[]>`select
    app.spend(${JSON.stringify(budget)}::jsonb, ${clockNow().toISOString()}) as waits`
  return row?.waits ? tooMany(row.waits) : null
}

/** The answer of a door that has no form: 429, when to ask again, and in words. */
export async function answerTooMany({ reason }: Refusal, locale: AccountActor['locale']): Promise<Response> {
  const { text } = await say(reason, locale)
  return refusal(429, { message: text, key: reason.key }, { 'retry-after': String(reason.values?.seconds) })
}

/** Measures ask as a whole country would, from a few accounts: npm run bench and npm run chaos set it, nothing else. */
export function factor(): number {
  return Number(process.env.PERMANENCE_BUDGET_FACTOR) || 1
}
