import { isNull } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { territory } from '#db/schema/reference.ts'
import type { Tx } from '#db/transaction.ts'
import type { Drill } from '../rules/drill.ts'
import type { KnownPlace } from '../rules/territory.ts'
import { placeOf } from '../rules/territory.ts'

export type Places = Map<string, string>

/**
 * Gives each territory of a drill a code of the table: ours where the drill is French and we know the place, else a row of
 * the exercise's own world. Returns the drill's code → the table's.
 */
export async function settlePlaces(tx: Tx, actor: MachineActor, drill: Drill): Promise<Places> {
  const ours =
    drill.country === 'FR' ? await tx.select().from(territory).where(isNull(territory.exerciseId)) : []
  const codes = new Set(ours.map((one) => one.code))
  const byName = new Map(
    ours
      .filter((one) => one.kind === 'region' || one.kind === 'zone')
      .map((one) => [`${one.kind}:${plain(one.name)}`, one.code]),
  )
  const known: KnownPlace = () => null
  const places: Places = new Map()
  for (const { territory: said } of drill.reports) {
    if (places.has(said.code)) continue
    const place = placeOf(said, drill.country, known)
    const own = codes.has(place.code)
      ? place.code
      : byName.get(`${place.kind}:${placeName(place.kind, said)}`)
    if (own) {
      places.set(said.code, own)
      continue
    }
    const code = `x${actor.exerciseId}-${place.code}`.slice(0, 40)
    const nation = place.parents[0] ? `x${actor.exerciseId}-${place.parents[0]}` : null
    await tx
      .insert(territory)
      .values({
        code,
        kind: place.kind,
        name: said.name,
        regionCode: drill.country === 'FR' ? 'FR' : nation,
        zoneCode: null,
        timeZone: timeZoneOf(drill),
        exerciseId: actor.exerciseId,
      })
      .onConflictDoNothing()
    places.set(said.code, code)
  }
  return places
}

const ZONE_INITIALS: Record<string, string> = {
  ZP: 'paris',
  ZN: 'nord',
  ZO: 'ouest',
  ZSO: 'sud ouest',
  ZS: 'sud',
  ZSE: 'sud est',
  ZE: 'est',
}

function placeName(kind: string, said: { code: string; name: string }): string {
  if (kind !== 'zone') return plain(said.name)
  return `zone ${ZONE_INITIALS[said.code.toUpperCase()] ?? plain(said.name).replace(/^zone /, '')}`
}

function plain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z]+/gi, ' ')
    .trim()
    .toLowerCase()
}

/** A drill says its hours with an offset, never a zone: the fixed offset is the zone. */
function timeZoneOf(drill: Drill): string {
  return drill.country === 'FR' ? 'Europe/Paris' : 'UTC'
}
