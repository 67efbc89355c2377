import type postgres from 'postgres'
import type { AccountActor } from '#app/_auth/actor.ts'

export type As = AccountActor | 'door' | 'machine' | null

/** SQL as the application's role under the settings of somebody, none for null: all that is left when a door or a query fails. */
export function sqlAs(app: postgres.Sql) {
  return <T>(who: As, work: (sql: postgres.TransactionSql) => Promise<T>): Promise<T> =>
    app.begin(async (sql) => {
      const role = typeof who === 'string' ? who : (who?.role ?? '')
      const account = who !== null && typeof who === 'object' ? who : null
      await sql`select set_config('app.role', ${role}, true), set_config('app.account', ${String(account?.accountId ?? '')}, true),
        set_config('app.organisation', ${String(account?.organisationId ?? '')}, true),
        set_config('app.sees', ${account?.territories.join(',') ?? ''}, true)`
      return work(sql)
    }) as Promise<T>
}

/** How the database says no to whoever may not. */
export const SQL_REFUSES =
  /row-level security|permission denied|not a chain|nobody is asking|asked by the cell|asked by the door|only an administrator/
