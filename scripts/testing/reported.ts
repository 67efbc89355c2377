import { randomUUID } from 'node:crypto'
import type { AccountActor } from '#app/_auth/actor.ts'
import { reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'

/** A case of the Nord, reported now by this person: its number. */
export async function reported(actor: AccountActor): Promise<string> {
  const report = { submissionId: randomUUID(), numbers: ['15'], symptom: 'NO_RING', territoryCode: '59' }
  const made = await reportCase(actor, reportInput.parse(report), new Date())
  if (!made.ok) throw new Error(made.reason.key)
  return made.value.reference
}
