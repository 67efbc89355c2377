import { searchDoor } from '#app/_doors/search-door.ts'
import { holderOption } from '#app/admin/found-option.ts'
import { searchHolders } from '#app/admin/search.ts'

/** Accounts a machine may speak as, while typing, for the administrator alone. */
export const GET = searchDoor('accounts.keep', async (actor, asked) => {
  const found = await searchHolders(actor, (asked.get('q') ?? '').slice(0, 200))
  return found.map(holderOption)
})
