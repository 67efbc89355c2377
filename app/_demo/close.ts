import type postgres from 'postgres'
import { DEMO_ACCOUNTS } from './accounts.ts'

/** Takes the passphrases of the printed accounts away, ends their sessions, and the mark of a demonstration. How many there were. */
export async function closeDemonstration(sql: postgres.Sql, now: Date): Promise<number> {
  const emails = DEMO_ACCOUNTS.map(({ email }) => email)
  return sql.begin(async (tx) => {
    await tx`delete from setting where key = 'demonstration'`
    const closed = await tx`delete from passphrase p using account a
      where a.id = p.account_id and a.email in ${tx(emails)} returning a.id`
    await tx`update session s set revoked_at = ${now} from account a
      where a.id = s.account_id and a.email in ${tx(emails)} and s.revoked_at is null`
    return closed.length
  })
}
