import { describe, test } from 'vitest'
import type { Drill } from '../rules/drill.ts'
import * as abroad from '../rules/invented-abroad.fixture.ts'
import * as home from '../rules/invented-at-home.fixture.ts'
import { shippedDrills } from '../shipped.ts'
import { asDrill, play, SLOW, sameAsRules } from './drills.fixture.ts'

/** Many reports over many hours, by the same code as the others. */
const LONG = new Set(['uk-2023-06-25-bt-999', 'us-2018-12-27-centurylink-911'])

const leftOut = (name: string) => LONG.has(name) && !process.env.LONG_DRILLS

/** Played with a crew too: drills.db.test.ts, ordinary-day.db.test.ts. */
const PLAYED = ['fr-2021-06-02-orange-national', 'fr-temoin-journee-ordinaire']

describe('replay equals live: the commands say what the rules say', () => {
  const invented = Object.entries({ ...home, ...abroad }).map(
    ([name, json]) => [name, asDrill(json)] as const,
  )
  const files = shippedDrills()
    .filter(({ drill }) => !PLAYED.includes(drill.id))
    .map(({ drill }) => [drill.id, drill] as const)
  const both = (name: string, drill: Drill) => {
    const same = async () => sameAsRules(drill, await play(drill, 'none'))
    test.skipIf(leftOut(name))(name, same, SLOW) // two take a minute each: LONG_DRILLS=1 plays them
  }
  for (const [name, drill] of [...invented, ...files]) both(name, drill)
})
