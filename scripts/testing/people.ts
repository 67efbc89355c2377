import type postgres from 'postgres'
import type { AccountActor } from '#app/_auth/actor.ts'
import type { Role } from '#db/schema/account.ts'

export type People = Awaited<ReturnType<typeof makePeople>>

/** A small world for tests of commands: two départements that must not see each other, and a cell. Plainly fictional. */
export async function makePeople(owner: postgres.Sql) {
  await owner`insert into territory (code, kind, name, region_code, zone_code, time_zone) values
    ('FR','country','France',null,null,'Europe/Paris'),
    ('59','departement','Nord','R32','Z-NORD','Europe/Paris'), ('37','departement','Indre-et-Loire','R24','Z-OUEST','Europe/Paris'),
    ('69','departement','Rhône','R84','Z-SUD-EST','Europe/Paris'), ('13','departement','Bouches-du-Rhône','R93','Z-SUD','Europe/Paris'),
    ('974','departement','La Réunion','R04','Z-SOI','Indian/Reunion') on conflict do nothing`
  await owner`insert into emergency_number (number, label_fr, label_en, vital, legal_alert, position) values
    ('15','SAMU','Medical',true,true,1), ('17','Police','Police',true,true,2), ('18','Pompiers','Fire',true,true,3),
    ('112','Urgences','Emergency',true,true,4), ('115','Sans-abri','Homeless',false,false,5) on conflict do nothing`
  const [general] = await owner`insert into team (name, general) select 'File générale', true
    where not exists (select from team where general) returning id`
  const generalTeamId = Number(general?.id ?? (await owner`select id from team where general`)[0]?.id)
  const organisation = async (kind: string, name: string, territory: string, sees: string[] = []) =>
    Number(
      (
        await owner`insert into organisation (kind, name, territory_code, sees, search)
      values (${kind}, ${name}, ${territory}, ${sees}, ${name.toLowerCase()}) returning id`
      )[0]?.id,
    )
  const account = async (
    role: Role,
    name: string,
    organisationId: number | null = null,
    territories: string[] = [],
  ): Promise<AccountActor> => {
    const email = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@demo.example`
    const [row] =
      await owner`insert into account (email, name, role, organisation_id) values (${email}, ${name}, ${role}, ${organisationId}) returning id`
    return {
      kind: 'account',
      accountId: Number(row?.id),
      role,
      name,
      email,
      organisationId,
      territories,
      exerciseId: null,
      locale: 'fr',
    }
  }
  const samu59 = await organisation('samu', 'SAMU 59 (essai)', '59')
  const samu37 = await organisation('samu', 'SAMU 37 (essai)', '37')
  const samu69 = await organisation('samu', 'SAMU 69 (essai)', '69')
  const samu13 = await organisation('samu', 'SAMU 13 (essai)', '13')
  const pref59 = await organisation('prefecture', 'Préfecture 59 (essai)', '59', ['59'])
  const pref37 = await organisation('prefecture', 'Préfecture 37 (essai)', '37', ['37'])
  return {
    generalTeamId,
    organisations: { samu59, samu37, samu69, samu13, pref59, pref37 },
    samu59: await account('reporter', 'Nora Essai', samu59),
    samu37: await account('reporter', 'Luc Essai', samu37),
    samu69: await account('reporter', 'Lea Essai', samu69),
    samu13: await account('reporter', 'Marius Essai', samu13),
    pref59: await account('reporter', 'Prefecture Nord Essai', pref59, ['59']),
    pref37: await account('reporter', 'Prefecture Touraine Essai', pref37, ['37']),
    agent: await account('agent', 'Agathe Essai'),
    agent2: await account('agent', 'Basile Essai'),
    lead: await account('lead', 'Clara Essai'),
    director: await account('director', 'Denis Essai'),
    admin: await account('admin', 'Ada Essai'),
    wall: await account('wall', 'Ecran Essai'),
  }
}
