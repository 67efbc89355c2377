import { type Actor, actorId, sideOf } from '#app/_auth/actor.ts'
import type { Result } from '#app/_doors/result.ts'
import { caseTest, type TEST_SIDES } from '#db/schema/cases.ts'
import type { Tx } from '#db/transaction.ts'
import type { TestRow } from '../fields.ts'
import type { Input, testsInput } from '../input.ts'
import { saidHours, saidTests } from '../rules/said-hour.ts'
import { type CaseRow, changeCase } from './change.ts'

/** n passed of m tried, from which network: tests of the reporter or of the cell (levée de doute). */
export function recordTests(
  actor: Actor,
  input: Input<typeof testsInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  const cell = sideOf(actor) !== 'reporter'
  const hours = saidHours({ factAt: input.factAt }, now)
  const heard = saidTests(input.tests, now)
  return changeCase(actor, { reference: input.reference }, 'record_tests', now, () => {
    if (!hours.ok) return hours
    if (!heard.ok) return heard
    const said = { ...hours.value.said.said, ...heard.value.said.said }
    const { factAt } = hours.value.at
    return {
      set: cell ? { checkDueAt: null, checkMissedAt: null } : {},
      line: {
        event: 'case.tested',
        visibility: 'public',
        text: input.text,
        ...(factAt ? { factAt } : {}),
        data: {
          side: cell ? 'cell' : 'reporter',
          ...totals(input.tests),
          ...(Object.keys(said).length > 0 ? { said } : {}),
        },
      },
      also: (tx, row) => addTests(tx, actor, row, heard.value.tests, cell ? 'check' : 'report', now),
      value: {},
    }
  })
}

export async function addTests(
  tx: Tx,
  actor: Actor,
  row: Pick<CaseRow, 'id' | 'exerciseId'>,
  tests: TestRow[],
  purpose: 'report' | 'check' | 'confirmation',
  now: Date,
  side: (typeof TEST_SIDES)[number] = sideOf(actor) !== 'reporter' && purpose === 'check'
    ? 'cell'
    : 'reporter',
): Promise<void> {
  if (tests.length === 0) return
  await tx.insert(caseTest).values(
    tests.map((test) => ({
      ...test,
      caseId: row.id,
      exerciseId: row.exerciseId,
      side,
      purpose,
      accountId: actorId(actor),
      at: test.at ?? now,
      recordedAt: now,
    })),
  )
}

export function totals(tests: Pick<TestRow, 'passed' | 'tried'>[]): { passed: number; tried: number } {
  return tests.reduce((sum, test) => ({ passed: sum.passed + test.passed, tried: sum.tried + test.tried }), {
    passed: 0,
    tried: 0,
  })
}
