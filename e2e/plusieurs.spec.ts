import type { Page } from '@playwright/test'
import { expect, flawless, onlyWord, report, test } from './fixtures.ts'

/** So many cases of one failure, found by a word of their own. */
async function signales(samu: Page, n: number): Promise<{ mot: string; numeros: string[] }> {
  const mot = onlyWord()
  const numeros: string[] = []
  for (let i = 0; i < n; i++) numeros.push(await report(samu, { words: `Coupure ${mot}` }))
  return { mot, numeros }
}

test('Trois dossiers, un texte : choisis au clavier, pris en compte puis informés d’un coup ; le refus d’un seul est dit, le texte gardé', async ({
  as,
}) => {
  const [samu, agent, chef] = [await as('reporter'), await as('agent'), await as('lead')]
  const { mot, numeros } = await signales(samu, 3)
  await agent.goto(`/cases?q=${mot}`)
  await expect(agent.locator('tbody tr')).toHaveCount(3)
  await expect(agent.locator('[data-live=live]')).toHaveCount(1)
  await agent.keyboard.press('j')
  await agent.keyboard.press('x')
  await agent.keyboard.press('j')
  await agent.keyboard.press('j')
  await agent.keyboard.press('Shift+X')
  await expect(agent.getByText('Dossiers choisis : 3')).toBeVisible()
  await flawless(agent)
  await agent.keyboard.press('g')
  await agent.waitForURL(/\/cases\/several\?/)
  await expect(agent.getByRole('heading', { level: 1 })).toHaveText('3 dossiers choisis')
  await agent.getByRole('button', { name: 'Prendre en compte les 3 dossiers' }).click()
  await expect(agent.getByText('3 dossiers pris en compte.')).toBeVisible()

  await agent.getByRole('link', { name: 'Informer' }).click()
  await agent.getByLabel('Message au déclarant').fill('Panne du cœur de réseau, équipe sur place.')
  // Meanwhile a colleague has one of them as a duplicate.
  const [premier = '', second = '', dernier = ''] = numeros
  await chef.goto(`/cases/${dernier}?do=attach_duplicate`)
  await chef.getByLabel('Numéro du dossier principal').fill(premier)
  await chef.locator('#act').getByLabel('Motif').fill('Même centre, même panne')
  await chef.locator('#act').getByRole('button', { name: 'Rattacher comme doublon' }).click()
  await expect(chef.locator('main header')).toContainText('Doublon')
  await expect(agent.getByText('Des dossiers ont changé pendant que vous écriviez')).toBeVisible()
  await agent.getByRole('button', { name: 'Lu, envoyer par-dessus' }).click()
  const resume = agent.getByRole('alert').filter({ has: agent.getByRole('link') })
  await expect(resume).toContainText('2 dossiers faits')
  await expect(resume.getByRole('link')).toHaveCount(1)
  await expect(resume.getByRole('link')).toContainText(dernier)
  await expect(agent.getByLabel('Message au déclarant')).toHaveValue(
    'Panne du cœur de réseau, équipe sur place.',
  )
  await flawless(agent)
  for (const numero of [premier, second]) {
    await samu.goto(`/my/${numero}`)
    const fait = samu.getByRole('list', { name: 'Ce qui a été fait' })
    await expect(fait.getByText('Panne du cœur de réseau, équipe sur place.')).toHaveCount(1)
  }
})

test('Sans JavaScript : deux dossiers cochés, affectés ensemble avec un motif', async ({ as }) => {
  const samu = await as('reporter')
  const { mot, numeros } = await signales(samu, 2)
  const agent = await as('agent', { javaScriptEnabled: false })
  await agent.goto(`/cases?q=${mot}`)
  for (const numero of numeros)
    await agent.getByRole('checkbox', { name: `Choisir le dossier ${numero}` }).check()
  await agent.getByRole('button', { name: 'Agir sur les dossiers choisis' }).click()
  await agent.getByRole('link', { name: 'Affecter' }).click()
  await agent.getByRole('textbox', { name: 'Motif', exact: true }).fill('Équipe du Nord')
  await agent.getByRole('button', { name: 'Affecter les 2 dossiers' }).click()
  await expect(agent.getByText('2 dossiers affectés.').filter({ visible: true })).toHaveCount(1)
  await agent.goto(`/cases/${numeros[0]}`)
  await expect(agent.locator('li[data-kind]', { hasText: 'Équipe du Nord' })).toHaveCount(1)
})

test('Un choix survit à une relecture : la ligne partie reste choisie', async ({ as }) => {
  const [samu, agent, chef] = [await as('reporter'), await as('agent'), await as('lead')]
  const { mot, numeros } = await signales(samu, 2)
  await agent.goto(`/cases?q=${mot}&state=received`)
  for (const numero of numeros)
    await agent.getByRole('checkbox', { name: `Choisir le dossier ${numero}` }).check()
  await chef.goto(`/cases/${numeros[0]}`)
  await chef.locator('#act').getByRole('button', { name: 'Prendre en compte' }).click()
  await expect(agent.locator('tbody tr')).toHaveCount(1)
  await expect(agent.getByText('Dossiers choisis : 2')).toBeVisible()
  await agent.getByRole('button', { name: /Agir sur les dossiers choisis/ }).click()
  await expect(agent.getByRole('heading', { level: 1 })).toHaveText('2 dossiers choisis')
})
