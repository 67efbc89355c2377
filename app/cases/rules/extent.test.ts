import { expect, test } from 'vitest'
import { namesSeveral } from './extent.ts'

test.each([
  ['two names', 'Appels perdus dans la Somme et le Var.', false],
  ['two long names', 'Même chose en Charente-Maritime et en Haute-Vienne.', true],
  ['two services by their codes', 'Le SAMU 59 et le SDIS 62 ne reçoivent plus.', true],
  ['a list of codes', 'Les SDIS 59, 62 et 80 sont touchés.', true],
  ['a count', 'Six départements de la zone remontent la même chose.', true],
  ['all of a kind', "Tous les SAMU d'Île-de-France signalent la même chose.", true],
  ['several', 'Plusieurs préfectures nous appellent.', true],
  ['English', 'At least a dozen counties. You have not notified them.', true],
  ['English, by kind', 'Several emergency centres tell us they are not reachable.', true],
  ['one service twice', 'Le SAMU 59 et le SDIS 59 le voient.', false],
  ['one hospital', 'Le CHU de Lille ne joint plus le 15.', false],
  ['the numbers, not places', 'Le 15 et le 18 ne passent plus depuis deux heures.', false],
  ['tests, not places', 'Trois essais sur trois échouent, deux opérateurs.', false],
  ['a relay of one', 'Je relaie le SAMU 59 : effondrement du 15.', false],
  ['nothing', '', false],
])('%s', (_, text, several) => {
  expect(namesSeveral(text)).toBe(several)
})
