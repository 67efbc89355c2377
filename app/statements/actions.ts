'use server'

import { formAction } from '#app/_doors/form.ts'
import { closePublicPage, openPublicPage } from './commands/public-page.ts'
import { approveStatement, draftStatement, giveStatement, withdrawStatement } from './commands/statements.ts'
import { draftInput, givenInput, moveInput, pageInput } from './input.ts'

const done = (key: string) => () => ({ key: `statements.done.${key}` })

export const draftAction = formAction(draftInput, draftStatement, {
  may: 'instructions.write',
  next: done('drafted'),
})
/** A director of the cell, an authority of the territory: the command says which of them for what. */
export const approveAction = formAction(moveInput, approveStatement, {
  may: 'instructions.read',
  fresh: true,
  next: done('approved'),
})
export const withdrawAction = formAction(moveInput, withdrawStatement, {
  may: 'instructions.write',
  next: done('withdrawn'),
})
export const givenAction = formAction(givenInput, giveStatement, {
  may: 'instructions.write',
  next: done('given'),
})
/** The house opens to everybody: whoever does it has just proved who he is. */
export const openPageAction = formAction(pageInput, openPublicPage, {
  may: 'instructions.read',
  fresh: true,
  next: done('opened'),
})
export const closePageAction = formAction(pageInput, closePublicPage, {
  may: 'instructions.read',
  next: done('closed'),
})
