import type postgres from 'postgres'
import type { People } from './people.ts'

const TEAMS = [
  { name: 'File générale', general: true },
  { name: 'Accueil nord', general: false },
  { name: 'Accueil sud', general: false },
  { name: 'Accueil outre-mer', general: false },
  { name: 'Astreinte technique', general: false },
]

const OVERSEAS = ['Z-ANTILLES', 'Z-GUYANE', 'Z-OCEAN-INDIEN', 'Z-NOUVELLE-CALEDONIE', 'Z-POLYNESIE', '975']

/** Teams, who is in them, and the routing rules; what no rule takes goes to the general queue. */
export async function seedTeams(sql: postgres.Sql, people: People): Promise<void> {
  const written = await sql<{ id: string; name: string }[]>`
    insert into team (name, general)
    select name, general from jsonb_to_recordset(${sql.json(TEAMS)}) as given (name text, general bool)
    returning id, name`
  const team = (name: string) => Number(written.find((one) => one.name === name)?.id)
  const [first, second, third, fourth] = people.agents.map((agent) => agent.accountId)
  const rule = (position: number, name: string, to: string, when: object, order: (number | undefined)[]) => ({
    position,
    name,
    team: team(to),
    territories: [],
    kinds: [],
    ...when,
    order: order.filter((id) => id !== undefined),
  })
  const rules = [
    rule(10, 'Opérateurs tiers', 'Astreinte technique', { kinds: ['operator'] }, [fourth]),
    rule(20, 'Outre-mer', 'Accueil outre-mer', { territories: OVERSEAS }, [third, first]),
    rule(
      30,
      'Zones Nord, Paris, Ouest et Est',
      'Accueil nord',
      { territories: ['Z-NORD', 'Z-PARIS', 'Z-OUEST', 'Z-EST'] },
      [first, second],
    ),
    rule(
      40,
      'Zones Sud, Sud-Est et Sud-Ouest',
      'Accueil sud',
      { territories: ['Z-SUD', 'Z-SUD-EST', 'Z-SUD-OUEST'] },
      [second, first],
    ),
  ]
  await sql`insert into routing_rule (position, name, territories, reporter_kinds, team_id, assignee_order)
    select position, name, territories, kinds, team, "order"
    from jsonb_to_recordset(${sql.json(rules)})
      as given (position smallint, name text, territories text[], kinds text[], team bigint, "order" bigint[])`
  await sql`insert into team_member (team_id, account_id)
    select t.id, a.id from team t, account a
    where a.role = 'lead' or (a.role = 'agent' and (t.general or exists (
      select from routing_rule r where r.team_id = t.id and a.id = any (r.assignee_order))))`
}
