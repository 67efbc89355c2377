import type { Page } from '@playwright/test'
import { expect, LEVEL_2_AT_ANY_HOUR, report, test } from './fixtures.ts'

const etat = (page: Page) => page.locator('main header')

test('Du signalement à la clôture, à trois, en direct et sans recharger', async ({ as }) => {
  test.slow()
  const [samu, agent, salle] = [await as('reporter'), await as('agent'), await as('lead')]
  // the lead keeps the queue of the case's number and the reporter his page: neither touches it again
  await salle.goto('/cases?number=17&territory=59')
  await expect(salle.locator('[data-live=live]')).toBeVisible()
  await salle.evaluate(() => Object.assign(window, { restee: true }))
  const numero = await report(samu, {
    ...{ number: '17', symptom: LEVEL_2_AT_ANY_HOUR, words: 'Un appel sur deux arrive sans sa position' },
  })
  const ligne = salle.locator(`tr[data-case^="${numero}:"]`)
  await expect(ligne).toContainText('Reçu')
  await samu.goto(`/my/${numero}`)
  await expect(samu.locator('[data-live=live]')).toBeVisible()
  await samu.evaluate(() => Object.assign(window, { restee: true }))

  const geste = async (action: string | null, bouton: string, remplir?: (form: Page) => Promise<void>) => {
    await agent.goto(`/cases/${numero}${action ? `?do=${action}` : ''}`)
    await remplir?.(agent)
    await agent.locator('#act').getByRole('button', { name: bouton }).click()
  }
  const ecrire = (nom: string, texte: string) => (form: Page) =>
    form.locator('#act').getByRole('textbox', { name: nom, exact: true }).fill(texte)

  await geste(null, 'Prendre en compte')
  await expect(samu.getByText('La cellule a lu votre signalement')).toBeVisible()
  await expect(ligne).toContainText('Pris en compte')

  await geste('record_tests', 'Consigner des essais', async (form) => {
    await form.locator('#act').getByLabel('Réussis').first().fill('1')
    await form.locator('#act').getByLabel('Faits').first().fill('3')
  })
  await expect(samu.getByRole('table').getByText('1 sur 3')).toBeVisible()
  await expect(ligne).toContainText('Levée de doute')

  await geste('diagnose', 'Poser un diagnostic', ecrire('Diagnostic', 'Faisceau vers le CIC en défaut'))
  await expect(samu.getByText('Cause identifiée')).toBeVisible()
  await expect(samu.getByText('Faisceau vers le CIC')).toHaveCount(0)

  await geste('update', 'Informer le déclarant', ecrire('Message au déclarant', 'Un technicien est en route'))
  await expect(samu.getByRole('article').getByText('Un technicien est en route')).toBeVisible()

  await geste(
    'workaround',
    'Contournement en place',
    ecrire('Message au déclarant', 'Appels renvoyés sur le secours'),
  )
  await expect(samu.getByText('Solution provisoire', { exact: true })).toBeVisible()

  await geste('restore', 'Rétabli (opérateur)', ecrire('Message au déclarant', 'Faisceau réparé, essayez'))
  await expect(samu.getByText('Rétabli, à confirmer')).toBeVisible()
  await expect(ligne).toContainText('Rétabli (opérateur)')
  expect(await samu.evaluate(() => 'restee' in window), 'the reporter never reloaded').toBe(true)

  // said by the operator is not the end
  await agent.goto(`/cases/${numero}?do=close`)
  await expect(agent.locator('#act')).toContainText('Le déclarant n’a pas confirmé')

  const confirmer = samu.locator('#confirm')
  await confirmer.getByLabel('Passés').fill('10')
  await confirmer.getByLabel('Essayés').fill('10')
  await confirmer.getByRole('button', { name: 'Je confirme le rétablissement' }).click()
  await expect(samu.getByText('Vous avez confirmé le rétablissement.')).toBeVisible()
  await expect(etat(agent)).toContainText('Confirmé (déclarant)')
  await expect(ligne).toContainText('Confirmé (déclarant)')

  await geste('close', 'Clore', async (form) => {
    await form.locator('#act').locator('select[name=cause]').selectOption('interconnection')
  })
  await expect(samu.getByText('Le dossier est clos.').first()).toBeVisible()
  await expect(ligne).toHaveCount(0)
  await expect(agent.getByText('Clos sur confirmation du déclarant').first()).toBeVisible()
  expect(await samu.evaluate(() => 'restee' in window), 'the reporter never reloaded').toBe(true)
  expect(await salle.evaluate(() => 'restee' in window), 'the lead never reloaded').toBe(true)
})
