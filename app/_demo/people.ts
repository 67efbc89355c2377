import type postgres from 'postgres'
import type { AccountActor } from '#app/_auth/actor.ts'
import { hashPassphrase } from '#app/_auth/passphrase.ts'
import { searchable } from '#db/reference/searchable.ts'
import type { Role } from '#db/schema/account.ts'
import { DEMO_ACCOUNTS, type DemoRole } from './accounts.ts'
import { demoOrganisations } from './organisations.ts'
import { person } from './persons.ts'

export type People = {
  agents: AccountActor[]
  leads: AccountActor[]
  directors: AccountActor[]
  admin: AccountActor
  /** By the name of the organisation. */
  reporters: Map<string, AccountActor>
}

/** Organisations of the two demo accounts outside the cell: the authority sees the reporter's cases. */
export const REPORTER_ORGANISATION = 'SAMU 59 – Nord'
export const AUTHORITY_ORGANISATION = 'Préfecture du Nord'

type Draft = {
  email: string
  name: string
  role: Role
  organisation: string | null
  demo: DemoRole | null
}

/**
 * The cell's people, and one account for each organisation named. Only the demo accounts get a passphrase: nobody can
 * sign in as the others.
 */
export async function seedPeople(
  sql: postgres.Sql,
  organisations: Map<string, number>,
  reporting: string[],
  passphrases: boolean,
  now: Date,
): Promise<People> {
  const drafts = [...cell(), ...reporters(reporting)]
  const rows = drafts.map((one) => ({
    ...one,
    organisation: one.organisation ? organisations.get(one.organisation) : null,
  }))
  const written = await sql<{ id: string; email: string }[]>`
    insert into account (email, name, role, organisation_id)
    select email, name, role, organisation
    from jsonb_to_recordset(${sql.json(rows)}) as given (email text, name text, role text, organisation bigint)
    returning id, email`
  const ids = new Map(written.map(({ id, email }) => [email, Number(id)]))
  if (passphrases) await writePassphrases(sql, ids, now)

  const sees = new Map(demoOrganisations().map((one) => [one.name, one.sees]))
  const actors = drafts.map((one) => ({
    draft: one,
    actor: toActor(one, ids, organisations, sees.get(one.organisation ?? '') ?? []),
  }))
  const withRole = (role: Role) => actors.filter(({ draft }) => draft.role === role).map(({ actor }) => actor)
  return {
    agents: withRole('agent'),
    leads: withRole('lead'),
    directors: withRole('director'),
    admin: withRole('admin')[0] as AccountActor,
    reporters: new Map(
      actors.flatMap(({ draft, actor }) => (draft.organisation ? [[draft.organisation, actor]] : [])),
    ),
  }
}

function cell(): Draft[] {
  const one = (name: string, role: Role, demo: DemoRole | null = null): Draft => ({
    email: demo ? demoEmail(demo) : `${searchable(name).replaceAll(' ', '.')}@permanence.example`,
    name,
    role,
    organisation: null,
    demo,
  })
  return [
    one('Camille Exemple', 'agent', 'agent'),
    one('Sacha Brouillon', 'agent'),
    one('Louison Quidam', 'agent'),
    one('Alix Trucmuche', 'agent'),
    one('Dominique Modèle', 'lead', 'lead'),
    one('Claude Parenthèse', 'lead'),
    one('Maxime Témoin', 'director', 'director'),
    one('Andréa Prétexte', 'director'),
    one('Noa Spécimen', 'admin', 'admin'),
    one('Écran de la salle', 'wall', 'wall'),
  ]
}

function reporters(names: string[]): Draft[] {
  const all = new Set([REPORTER_ORGANISATION, AUTHORITY_ORGANISATION, ...names])
  return [...all].map((organisation, rank): Draft => {
    const demo =
      organisation === REPORTER_ORGANISATION
        ? 'reporter'
        : organisation === AUTHORITY_ORGANISATION
          ? 'authority'
          : null
    const email = demo ? demoEmail(demo) : `declarant.${rank}@organisation.example`
    return { email, name: person(rank + 40), role: 'reporter', organisation, demo }
  })
}

async function writePassphrases(sql: postgres.Sql, ids: Map<string, number>, now: Date): Promise<void> {
  const hashed = await Promise.all(
    DEMO_ACCOUNTS.map(async ({ email, passphrase }) => ({
      account: ids.get(email),
      hash: await hashPassphrase(passphrase),
    })),
  )
  await sql`insert into passphrase (account_id, hash, updated_at)
    select account, hash, ${now} from jsonb_to_recordset(${sql.json(hashed)}) as given (account bigint, hash text)`
}

function toActor(
  draft: Draft,
  ids: Map<string, number>,
  organisations: Map<string, number>,
  territories: string[],
): AccountActor {
  return {
    kind: 'account',
    accountId: ids.get(draft.email) as number,
    role: draft.role,
    name: draft.name,
    email: draft.email,
    organisationId: organisations.get(draft.organisation ?? '') ?? null,
    territories,
    exerciseId: null,
    locale: 'fr',
  }
}

function demoEmail(role: DemoRole): string {
  return DEMO_ACCOUNTS.find((one) => one.role === role)?.email as string
}
