import { randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import type { AccountActor } from '#app/_auth/actor.ts'
import { actorOfSession } from '#app/_auth/lookup.ts'
import { hashPassphrase } from '#app/_auth/passphrase.ts'
import { signIn } from '#app/sign-in/commands/sign-in.ts'

export const RIGHT = 'colvert brique luge sillon'

/** Whoever tries, from a browser that nobody knows. */
export const who = (email: string) => ({
  email,
  passphrase: RIGHT,
  browser: randomUUID() as string,
  address: null as string | null,
  userAgent: 'Firefox',
  secret: 's',
})

/** One account of each role, and authorities of each kind; each signs in with the same passphrase, as in the demonstration. */
export async function makeSigners(owner: postgres.Sql, now: Date) {
  await owner`insert into organisation (kind, name, territory_code, sees, search) values
    ('samu', 'SAMU 31', '31', '{}', ''), ('ars', 'ARS', 'R94', '{R94}', ''), ('coz', 'COZ', 'Z-NORD', '{Z-NORD}', ''),
    ('cogic', 'COGIC', 'FR', '{FR,31}', ''), ('prefecture', 'Préfecture 65', '65', '{65}', '')`
  const hash = await hashPassphrase(RIGHT)
  await owner`insert into account (email, name, role, organisation_id)
    select lower(replace(name, ' ', '-')) || '@example.org', name, 'reporter', id from organisation`
  await owner`insert into account (email, name, role) values ('agent@example.org', 'Agent', 'agent'),
    ('director@example.org', 'Director', 'director'), ('admin@example.org', 'Admin', 'admin'), ('wall@example.org', 'Wall', 'wall')`
  // A passphrase is enough there, for everybody.
  await owner`insert into setting (key, value) values ('demonstration', '"loaded"')`
  await owner`insert into passphrase (account_id, hash, updated_at) select id, ${hash}, ${now} from account`
  const [agent] = await owner<{ id: number }[]>`select id::int from account where email = 'agent@example.org'`

  async function open(email = 'agent@example.org'): Promise<string> {
    const result = await signIn(who(email), now)
    if (!result.ok) throw new Error(result.reason.key)
    if (result.value.step !== 'in') throw new Error('a second proof is asked')
    return result.value.sessionId
  }

  return {
    agent: agent?.id ?? 0,
    /** The id of a session just opened. */
    open,
    async openAs(email: string): Promise<[AccountActor, string]> {
      const sessionId = await open(email)
      const actor = await actorOfSession(sessionId, now)
      if (!actor) throw new Error('no actor')
      return [actor, sessionId]
    },
    /** As if nobody had ever signed in. */
    async forget(): Promise<void> {
      await owner`delete from sign_in_throttle`
      await owner`delete from known_origin`
      await owner`delete from sign_in_count`
      await owner`update session set revoked_at = ${now} where revoked_at is null`
    },
    /** Lines of an account's own chain, the last first. */
    lines: (id: number) =>
      owner<{ event: string; data: Record<string, unknown> }[]>`
        select event, data from journal where chain = ${`account:${id}`} order by id desc`,
  }
}
