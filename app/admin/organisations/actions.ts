'use server'

import { formAction } from '#app/_doors/form.ts'
import { saveContact } from '#app/directory/commands/save-contact.ts'
import { saveOrganisation } from '#app/directory/commands/save-organisation.ts'
import { savePost } from '#app/directory/commands/save-post.ts'
import { saveSite } from '#app/directory/commands/save-site.ts'
import { setActive } from '#app/directory/commands/set-active.ts'
import { activeInput, contactInput, organisationInput, postInput, siteInput } from '#app/directory/input.ts'
import { askStrong } from '../commands/sign-in-ways.ts'
import { strongInput } from '../input.ts'

const may = 'directory.keep'
const page = (organisationId: number, done: string) => `/admin/organisations/${organisationId}?done=${done}`

export const saveOrganisationAction = formAction(organisationInput, saveOrganisation, {
  may,
  next: ({ id }, input) => (input.id ? { key: 'directory.done.saved' } : page(id, 'made')),
})
export const savePostAction = formAction(postInput, savePost, {
  may,
  next: (_, { organisationId }) => page(organisationId, 'post'),
})
export const saveContactAction = formAction(contactInput, saveContact, {
  may,
  next: (_, { organisationId }) => page(organisationId, 'contact'),
})
export const saveSiteAction = formAction(siteInput, saveSite, {
  may,
  next: (_, { organisationId }) => page(organisationId, 'site'),
})
export const setActiveAction = formAction(activeInput, setActive, {
  may,
  next: ({ active }) => ({ key: active ? 'directory.done.back' : 'directory.done.out' }),
})

export const askStrongAction = formAction(strongInput, askStrong, {
  may: 'accounts.keep',
  fresh: true,
  next: ({ sessions }, { asked }) =>
    asked ? { key: 'accounts.done.strong', values: { sessions } } : { key: 'accounts.done.weak' },
})
