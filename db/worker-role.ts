import type postgres from 'postgres'
import { WORKER_ROLE } from './config.ts'

/** What proves the journal: read, never written. Of cases and incidents that they are there, nothing they say. */
const PROOF = [
  ['journal', ''],
  ['journal_head', ''],
  ['setting', ''],
  ['cases', '(id)'],
  ['incident', '(id)'],
] as const

/**
 * The worker takes jobs and proves the journal as a role of its own: whoever takes over that process holds no password of the
 * owner's, can change no table, no function and no policy, and reads people's words only as the application does. Its queue
 * belongs to a package that makes its tables at the migration, so this is said after it and not in a migration.
 */
export async function letWorkerWork(sql: postgres.Sql): Promise<void> {
  await sql.begin(async (tx) => {
    await tx.unsafe(`grant usage on schema public, graphile_worker to ${WORKER_ROLE};
      grant select, insert, update, delete on all tables in schema graphile_worker to ${WORKER_ROLE};
      grant usage, select on all sequences in schema graphile_worker to ${WORKER_ROLE};
      grant execute on all functions in schema graphile_worker to ${WORKER_ROLE};
      grant usage on schema app to ${WORKER_ROLE};
      grant execute on function app.spell_again(bigint, bigint) to ${WORKER_ROLE};
      revoke insert, update, delete on graphile_worker.migrations from ${WORKER_ROLE}`)
    const queue = await tx<{ name: string }[]>`
      select relname as name from pg_class where relnamespace = 'graphile_worker'::regnamespace and relkind = 'r' and relrowsecurity`
    for (const { name } of queue)
      await allow(tx, 'worker_works', `graphile_worker.${name}`, 'using (true) with check (true)')
    for (const [table, columns] of PROOF) {
      await tx.unsafe(`grant select ${columns} on public.${table} to ${WORKER_ROLE}`)
      await allow(tx, 'worker_proves', `public.${table}`, 'using (true)', 'for select')
    }
  })
}

async function allow(
  tx: postgres.TransactionSql,
  policy: string,
  table: string,
  rows: string,
  what = '',
): Promise<void> {
  const [known] =
    await tx`select 1 from pg_policy where polname = ${policy} and polrelid = ${table}::regclass`
  if (!known) await tx.unsafe(`create policy ${policy} on ${table} ${what} to ${WORKER_ROLE} ${rows}`)
}
