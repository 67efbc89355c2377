import { randomUUID } from 'node:crypto'
import { type AccountActor, machine } from '#app/_auth/actor.ts'
import { reportCase } from '#app/cases/commands/report.ts'
import { type ReportDraft, reportInput } from '#app/cases/input.ts'
import { correlateNow } from '#app/incidents/commands/correlate.ts'
import type { People } from './people.ts'

/** One report, read by the rules at once; answers the reference of its case. */
export async function says(
  who: AccountActor,
  territoryCode: string,
  at: Date,
  draft: Partial<ReportDraft> = {},
): Promise<string> {
  const made = await reportCase(
    who,
    reportInput.parse({
      submissionId: randomUUID(),
      numbers: ['15'],
      symptom: 'INBOUND_DROP',
      territoryCode,
      ...draft,
    }),
    at,
  )
  if (!made.ok) throw new Error(JSON.stringify(made))
  await correlateNow(machine('rules'), at)
  return made.value.reference
}

/**
 * Four centres of four départements in six minutes: proposed at the third, sure at the fourth, for a desk without a past whatever
 * the hour.
 */
export async function fourCentres(people: People, from: Date): Promise<string[]> {
  const minute = (n: number) => new Date(from.getTime() + n * 60_000)
  return [
    await says(people.samu59, '59', minute(0)),
    await says(people.samu37, '37', minute(2)),
    await says(people.samu69, '69', minute(4)),
    await says(people.samu13, '13', minute(6)),
  ]
}
