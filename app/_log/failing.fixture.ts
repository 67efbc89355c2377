import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { machine } from '#app/_auth/actor.ts'
import { failure } from '#app/_doors/failure.ts'
import { reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { closeClients } from '#db/client.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { endWhenUnexplained } from '#db/unexplained.ts'
import { onRequestError } from '../../instrumentation.ts'
import { takeOverConsole } from './console.ts'
import { log } from './log.ts'

// A process of ours in which every statement fails, each in its way, with what people typed in it; every way an error has
// of being written down is taken. Read by logs.db.test.ts.
const TYPED = JSON.parse(process.env.TYPED ?? '[]') as string[]
const cell = machine('clock')

endWhenUnexplained((error) => log.fatal({ error }, 'unexplained: this process ends'))
takeOverConsole()

const run = (work: (tx: Tx) => Promise<unknown>) => asActor(cell, work)
const failing = TYPED.flatMap((typed): (() => Promise<unknown>)[] => [
  // refused by the trigger of the test, whose words quote the row
  () =>
    reportCase(
      cell,
      reportInput.parse({
        submissionId: randomUUID(),
        numbers: ['15'],
        symptom: 'NO_RING',
        territoryCode: '59',
        reporterKind: 'samu',
        reporterName: typed,
        symptomWords: typed,
        channel: 'phone',
      }),
      new Date(),
    ),
  () => run((tx) => tx.execute(sql`select ${typed}::bigint`)),
  () => run((tx) => tx.execute(sql`select to_tsquery(${`${typed} &`})`)),
  () => run((tx) => tx.execute(sql`insert into team (name) values (${typed}), (${typed})`)),
  () => run((tx) => tx.execute(sql`insert into journal_head (chain, seq) values (${typed}, 1)`)),
  () => run((tx) => tx.execute(sql`update inbox_message set kind = ${typed} where account_id = ${typed}`)),
  () => Promise.resolve().then(() => JSON.parse(typed)),
  () => Promise.resolve().then(() => new URL(typed)),
])

for (const one of failing) {
  const error = await one().then(
    () => null,
    (refused: Error) => refused,
  )
  if (!error) continue
  console.error(' ⨯', error)
  console.error(`⨯ ${error.message}\n${error.stack}`)
  failure('action report', Object.assign(new Error('wrapped', { cause: error })))
  await onRequestError(
    Object.assign(new Error(error.message, { cause: error })),
    { path: `/cases?q=${TYPED[0]}`, method: 'POST', headers: { 'x-name': TYPED[0] as string } },
    {
      routerKind: 'App Router',
      routePath: '/cases',
      routeType: 'render',
      renderSource: 'react-server-components',
      revalidateReason: undefined,
    },
  )
}
await closeClients()
// The last one is caught by nobody.
setTimeout(() => {
  throw Object.assign(new Error(`Failed query: insert into cases\nparams: ${TYPED.join()}`), {
    params: TYPED,
  })
})
