import { sql } from 'drizzle-orm'
import { type AccountActor, exerciseOf } from '#app/_auth/actor.ts'
import { type Result, refusedField } from '#app/_doors/result.ts'
import { fromCodes } from '#app/_offline/sheet-codes.ts'
import type { Reported } from '#app/cases/commands/report.ts'
import { asActor } from '#db/transaction.ts'
import { answersOf, keptReport } from '../kept.ts'
import { sendAnswers } from '../send.ts'

/**
 * A sheet printed by a centre without a network becomes the case that its device would have made: the same name, so that it is
 * one case when the device finds its way too. A sheet proves nothing of who wrote it: it is verified as a call is.
 */
export async function readInSheet(
  actor: AccountActor,
  { told }: { told: string },
  now: Date,
): Promise<Result<Reported>> {
  const codes = fromCodes(told)
  if ('missing' in codes) return wrong('kept.read_in.missing', { missing: codes.missing.join(', ') })
  const parsed = keptReport.safeParse(json(codes.text))
  if (!parsed.success) return wrong('kept.read_in.not_a_sheet')
  const [accountId, exerciseId = null] = parsed.data.owner.split(':').map(Number)
  if (exerciseId !== exerciseOf(actor)) return wrong('kept.refused.world')
  const organisationId = await organisationOf(actor, accountId ?? 0)
  if (organisationId === null) return wrong('kept.read_in.unknown')
  const read = answersOf(parsed.data, now)
  if (!read.ok) return wrong(read.fields ? 'kept.read_in.not_a_sheet' : read.reason.key)
  const { answers, writtenAt } = read.value
  return sendAnswers(actor, answers, now, { writtenAt, sheetOf: organisationId })
}

const wrong = (key: string, values?: Record<string, string>) => refusedField('told', key, values)

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

async function organisationOf(actor: AccountActor, accountId: number): Promise<number | null> {
  return asActor(actor, async (tx) => {
    const [found] = await tx.execute<{ id: string | null }>(
      sql`select organisation_id as id from account where id = ${accountId}`,
    )
    return found?.id ? Number(found.id) : null
  })
}
