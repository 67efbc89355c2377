import type postgres from 'postgres'
import { connectAsOwner } from '#db/migrate.ts'
import { seedDirectory } from './directory.ts'
import { seedLessons } from './lessons.ts'
import { seedMoves } from './moves.ts'
import { demoOrganisations } from './organisations.ts'
import { type People, seedPeople } from './people.ts'
import { seedRoster } from './roster.ts'
import { FRESH_SCENES } from './scenes-fresh.ts'
import { PAST_SCENES } from './scenes-past.ts'
import { RESIDUAL_SCENES } from './scenes-residual.ts'
import { STANDING_SCENES } from './scenes-standing.ts'
import { play } from './stage.ts'
import { seedTeams } from './teams.ts'

const SCENES = [...FRESH_SCENES, ...STANDING_SCENES, ...RESIDUAL_SCENES, ...PAST_SCENES]
const DAY = 24 * 3_600_000

/** Fills an empty database with the demonstration: directory, people, teams, some thirty cases in every state. */
export async function seedDemo(now: Date): Promise<void> {
  const sql = connectAsOwner(process.env.PERMANENCE_OWNER_URL as string)
  try {
    const { organisations, people } = await seedWorld(sql, now, true)
    const territories = new Map(demoOrganisations().map((one) => [one.name, one.territory]))
    const known = new Map(
      [...organisations].map(([name, id]) => [name, { id, territory: territories.get(name) as string }]),
    )
    await seedMoves(sql, people, now)
    await seedLessons(people, now)
    await play(sql, SCENES, { people, organisations: known }, now)
    // Old news is read news.
    await sql`update inbox_message set read_at = created_at where created_at < ${new Date(now.getTime() - DAY)}`
    await sql`analyze`
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** Directory, people, teams and roster without a case. Without `passphrases` nobody can sign in. */
export async function seedWorld(
  sql: postgres.Sql,
  now: Date,
  passphrases: boolean,
): Promise<{ organisations: Map<string, number>; people: People }> {
  // The directory was there before the first of its cases.
  const organisations = await seedDirectory(sql, new Date(now.getTime() - 30 * DAY))
  const reporting = SCENES.flatMap((scene) => (scene.by ? [scene.by] : []))
  const people = await seedPeople(sql, organisations, reporting, passphrases, now)
  await seedTeams(sql, people)
  await seedRoster(sql, people, now)
  return { organisations, people }
}
