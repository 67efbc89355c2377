import { searchDoor } from '#app/_doors/search-door.ts'
import { communeOption } from '#app/cases/new/options.ts'
import { findCommunes } from '#app/directory/communes.ts'
import { asActor } from '#db/transaction.ts'

/** Communes while typing, for whoever may report: `?q=` name or postcode, `?in=` the département to show first. */
export const GET = searchDoor(
  'cases.report',
  async (actor, asked) => {
    const typed = (asked.get('q') ?? '').slice(0, 80)
    const found = await asActor(actor, (tx) => findCommunes(tx, typed, asked.get('in')))
    return found.map(communeOption)
  },
  'private, max-age=300',
)
