import type { Page } from '@playwright/test'
import { champ, envoyer, etat, ouvrir, prendreEnCompte } from './dossier.ts'
import { expect, report, test } from './fixtures.ts'
import { retenue } from './retenue.ts'

/** Deaf to the live line: what a colleague does is learnt only from the answer of the door. */
async function sourde(page: Page) {
  await page.route('**/api/live', (route) => route.abort())
  return page
}

test('Deux agents écrivent à la fois : le second apprend ce qui a changé, rien de ce qu’il a écrit ne se perd', async ({
  as,
}) => {
  const [samu, agent, salle] = [await as('reporter'), await as('agent'), await as('lead')]
  const numero = await report(samu)
  await prendreEnCompte(agent, numero)
  await ouvrir(agent, numero, 'update')
  await champ(agent, 'Message au déclarant').pressSequentially('Le second texte')
  await ouvrir(salle, numero, 'update')
  await champ(salle, 'Message au déclarant').fill('Le premier texte')
  await envoyer(salle, 'Informer le déclarant')
  await expect(salle.locator('li[data-kind=public]', { hasText: 'Le premier texte' })).toBeVisible()

  // told while writing, by the live line
  const avis = agent.locator('#act').getByText('Modifié pendant que vous écriviez').locator('..')
  await expect(avis).toContainText('Le premier texte')
  await expect(champ(agent, 'Message au déclarant')).toHaveValue('Le second texte')
  await envoyer(agent, 'Lu, envoyer par-dessus')
  await expect(agent.locator('li[data-kind=public]', { hasText: 'Le second texte' })).toBeVisible()
  await expect(agent.locator('li[data-kind=public]', { hasText: 'Le premier texte' })).toBeVisible()
})

test('Sans le direct, l’envoi en retard est refusé une fois, montre le texte du collègue, garde le sien', async ({
  as,
}) => {
  const [samu, agent, salle] = [await as('reporter'), await sourde(await as('agent')), await as('lead')]
  const numero = await report(samu)
  await prendreEnCompte(salle, numero)
  await ouvrir(agent, numero, 'diagnose')
  await champ(agent, 'Diagnostic').fill('Table de routage du 15')
  await ouvrir(salle, numero, 'diagnose')
  await champ(salle, 'Diagnostic').fill('Carte en défaut au central')
  await envoyer(salle, 'Poser un diagnostic')
  await expect(etat(salle)).toContainText('Diagnostiqué')
  await envoyer(agent, 'Poser un diagnostic')
  await expect(agent.locator('#act')).toContainText('Un collègue vient de modifier ce dossier')
  await expect(agent.locator('#act')).toContainText('Carte en défaut au central')
  await expect(champ(agent, 'Diagnostic')).toHaveValue('Table de routage du 15')
  await expect(agent.locator('li[data-kind]', { hasText: 'Table de routage' })).toHaveCount(0)
})

test('Deux personnes pressent à la fois : l’une prend en compte, l’autre est prévenue ; une seule s’en charge', async ({
  as,
}) => {
  const [samu, agent, salle] = [await as('reporter'), await as('agent'), await as('lead')]
  const numero = await report(samu)
  const pages = [await sourde(agent), await sourde(salle)]
  // Without scripts the page drawn after a post has neither form any more: the answer stands above it.
  const plain = await as('director', { javaScriptEnabled: false })
  const claiming = await plain.context().newPage()
  for (const page of [...pages, plain, claiming]) await page.goto(`/cases/${numero}`)
  await Promise.all(pages.map((page) => envoyer(page, 'Prendre en compte')))
  for (const page of pages) await expect(etat(page)).toContainText('Pris en compte')
  await expect
    .poll(async () => {
      const textes = await Promise.all(pages.map((page) => page.locator('main').textContent()))
      return textes.filter((texte) => texte?.includes('Un collègue vient de modifier ce dossier')).length
    })
    .toBe(1)
  await agent.reload()
  await expect(agent.locator('li[data-kind]', { hasText: 'Prise en compte' })).toHaveCount(1)

  for (const page of pages) {
    // A page come alive opens its live line.
    const vivante = page.waitForRequest('**/api/live')
    await page.goto(`/cases/${numero}`)
    await vivante
  }
  await Promise.all(pages.map((page) => page.getByRole('button', { name: 'M’en charger' }).click()))
  await expect
    .poll(async () => {
      const textes = await Promise.all(pages.map((page) => page.locator('main').textContent()))
      return [
        textes.filter((texte) => texte?.includes('Vous travaillez dessus')).length,
        textes.filter((texte) => texte?.includes('Un collègue travaille déjà sur ce dossier')).length,
      ]
    })
    .toEqual([1, 1])

  await claiming.getByRole('button', { name: 'M’en charger' }).click()
  await expect(claiming.getByText('Un collègue travaille déjà sur ce dossier')).toBeVisible()
  await envoyer(plain, 'Prendre en compte')
  await expect(plain.getByText('Un collègue vient de modifier ce dossier')).toBeVisible()
  await expect(etat(plain)).toContainText('Pris en compte')
})

test('En direct aussi, qui presse « M’en charger » en second le lit, que la page ait été relue avant sa réponse ou après', async ({
  as,
}) => {
  const [samu, agent, salle] = [await as('reporter'), await as('agent'), await as('lead')]
  const refus = salle.locator('main').getByText('Un collègue travaille déjà sur ce dossier')
  const charger = (page: Page) => page.getByRole('button', { name: 'M’en charger' })
  // Read again: the page says who holds the case, and has no such button any more.
  const relue = () => expect(salle.locator('main').getByText(/travaille dessus jusqu’à/)).toBeVisible()
  const ouvert = async (page: Page, numero: string) => {
    await page.goto(`/cases/${numero}`)
    await expect(page.locator('main [data-live=live]')).toBeVisible()
  }

  // The answer comes first, the colleague's news after it.
  const premier = await report(samu)
  await ouvert(agent, premier)
  const nouvelles = await retenue(salle, '**/api/live')
  await salle.goto(`/cases/${premier}`)
  await nouvelles.demandees
  await charger(agent).click()
  await expect(agent.getByText('Vous travaillez dessus')).toBeVisible()
  await charger(salle).click()
  await expect(refus).toBeVisible()
  nouvelles.viennent()
  await relue()
  await expect(refus).toBeVisible()

  // The news waits behind an answer that is slow to come.
  const second = await report(samu)
  for (const page of [agent, salle]) await ouvert(page, second)
  const reponse = await retenue(salle, `**/cases/${second}`)
  await charger(salle).click()
  await reponse.demandees
  await charger(agent).click()
  await expect(agent.getByText('Vous travaillez dessus')).toBeVisible()
  reponse.viennent()
  await relue()
  await expect(refus).toBeVisible()

  // Once one goes on by oneself, it is over.
  await salle.getByRole('button', { name: /^Reprendre à / }).click()
  await expect(salle.getByText('Vous travaillez dessus')).toBeVisible()
  await expect(refus).toHaveCount(0)
})
