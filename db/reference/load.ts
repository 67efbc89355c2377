import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type postgres from 'postgres'
import { readCommunes } from './communes.ts'
import { NUMBERS } from './numbers.ts'
import { TERRITORIES } from './territories.ts'

const MARKER = 'reference.version'

/**
 * Territories, communes and emergency numbers into the database. Idempotent, and skipped in milliseconds when what is
 * there is what would be written. Numbers keep an administrator's changes: only missing ones are added.
 */
export async function loadReference(sql: postgres.Sql): Promise<void> {
  const version = referenceVersion()
  const [known] = await sql`select value #>> '{}' as version from setting where key = ${MARKER}`
  if (known?.version === version) return
  await sql.begin(async (tx) => {
    await writeTerritories(tx)
    await writeCommunes(tx)
    await writeNumbers(tx)
    await tx`insert into setting (key, value) values (${MARKER}, ${tx.json(version)})
      on conflict (key) do update set value = excluded.value`
  })
  await sql`analyze commune, territory`
}

/** The package's version stands for its communes; the small tables are hashed as they are. */
function referenceVersion(): string {
  const path = createRequire(import.meta.url).resolve('@etalab/decoupage-administratif/package.json')
  const { version } = JSON.parse(readFileSync(path, 'utf8'))
  const hash = createHash('sha256').update(JSON.stringify([LOADER, TERRITORIES, NUMBERS]))
  return `${version}-${hash.digest('hex').slice(0, 12)}`
}

// Raise it when the way communes are read changes.
const LOADER = 2

async function writeTerritories(sql: postgres.TransactionSql): Promise<void> {
  await sql`
    insert into territory (code, kind, name, region_code, zone_code, time_zone)
    select code, kind, name, "regionCode", "zoneCode", "timeZone"
    from jsonb_to_recordset(${sql.json(TERRITORIES)})
      as given (code text, kind text, name text, "regionCode" text, "zoneCode" text, "timeZone" text)
    on conflict (code) do update set kind = excluded.kind, name = excluded.name, region_code = excluded.region_code,
      zone_code = excluded.zone_code, time_zone = excluded.time_zone`
}

async function writeCommunes(sql: postgres.TransactionSql): Promise<void> {
  await sql`
    insert into commune (code, name, departement_code, postcodes, population, search)
    select code, name, "departementCode", postcodes, population, search
    from jsonb_to_recordset(${sql.json(readCommunes())})
      as given (code text, name text, "departementCode" text, postcodes text[], population int, search text)
    on conflict (code) do update set name = excluded.name, departement_code = excluded.departement_code,
      postcodes = excluded.postcodes, population = excluded.population, search = excluded.search`
}

async function writeNumbers(sql: postgres.TransactionSql): Promise<void> {
  const numbers = NUMBERS.map((one, index) => ({ ...one, position: index + 1 }))
  await sql`
    insert into emergency_number (number, label_fr, label_en, vital, legal_alert, position)
    select number, "labelFr", "labelEn", vital, "legalAlert", position
    from jsonb_to_recordset(${sql.json(numbers)})
      as given (number text, "labelFr" text, "labelEn" text, vital bool, "legalAlert" bool, position smallint)
    on conflict (number) do nothing`
}
