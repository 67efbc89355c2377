import { searchDoor } from '#app/_doors/search-door.ts'
import { organisationOption } from '#app/admin/found-option.ts'
import { searchOrganisations } from '#app/directory/search.ts'

/** Organisations while typing, for the administrator alone. */
export const GET = searchDoor('accounts.keep', async (actor, asked) => {
  const found = await searchOrganisations(actor, (asked.get('q') ?? '').slice(0, 80))
  return found.map(organisationOption)
})
