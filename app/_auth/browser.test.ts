import { expect, test } from 'vitest'
import { sealBrowser, unsealBrowser } from './browser.ts'

const ID = '0b9c4c1e-94a9-4c0f-8f4e-6a1d2a1f9d10'
const sealed = sealBrowser(ID, 's')

test.each([
  ['as we gave it', sealed, ID],
  ['none', undefined, null],
  ['empty', '', null],
  ['not sealed', ID, null],
  ['another id under the same seal', sealed.replace(/^0/, '1'), null],
  ['sealed with another secret', sealBrowser(ID, 'other'), null],
  ['too long', `${sealed}0`, null],
  ['not of our letters', `${'é'.repeat(36)}.${'0'.repeat(40)}`, null],
])('%s', (_, cookie, id) => {
  expect(unsealBrowser(cookie, 's')).toBe(id)
})
