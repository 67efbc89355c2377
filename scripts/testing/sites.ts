import type postgres from 'postgres'
import { stepInput } from '#app/migration/input.ts'
import type { People } from './people.ts'

const T = Date.parse('2026-11-26T08:00:00Z')
/** Hours after the morning on which the tests of sites begin. */
export const at = (hours: number) => new Date(T + hours * 3_600_000)
export const iso = (hours: number) => at(hours).toISOString()

/** A centre of Lille and one of Tours, both on copper: their sites. */
export async function makeSites(owner: postgres.Sql, { organisations }: People) {
  await owner`insert into commune (code, name, departement_code, postcodes, population, search) values
    ('59350', 'Lille', '59', '{59000}', 230000, 'lille 59000'), ('37261', 'Tours', '37', '{37000}', 136000, 'tours 37000')
    on conflict do nothing`
  const siteOf = async (organisationId: number, name: string, territory: string, commune: string) => {
    const [made] =
      await owner`insert into site (organisation_id, name, territory_code, commune_code, access, operator, numbers)
      values (${organisationId}, ${name}, ${territory}, ${commune}, 'rtc', 'Télécom Exemple', '{15,112}') returning id`
    return Number(made?.id)
  }
  return {
    lille: await siteOf(organisations.samu59, 'Centre 15 (essai)', '59', '59350'),
    tours: await siteOf(organisations.samu37, 'Centre 15 de Tours (essai)', '37', '37261'),
  }
}

/** A step of two hours, `from` so many hours on. */
export function stepOf(siteId: number, kind: string, from: number, given: object = {}) {
  return stepInput.parse({
    siteId,
    kind,
    startsAt: iso(from),
    endsAt: iso(from + 2),
    ownerName: 'Ada',
    ...given,
  })
}
