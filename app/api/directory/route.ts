import { searchDoor } from '#app/_doors/search-door.ts'
import { reporterOption } from '#app/cases/new/options.ts'
import { searchDirectory } from '#app/directory/search.ts'
import { asActor } from '#db/transaction.ts'

/** The directory while typing, for the cell alone. */
export const GET = searchDoor('cases.work', async (actor, asked) => {
  const found = await asActor(actor, (tx) => searchDirectory(tx, (asked.get('q') ?? '').slice(0, 80)))
  return found.map(reporterOption)
})
