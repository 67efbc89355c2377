import type { Page } from '@playwright/test'
import { expect, flawless, test } from './fixtures.ts'

const SIDE = { width: 360, height: 740 }

test('un site passe de son T2 à deux trunks SIP : une première bascule échoue et ouvre un dossier, la seconde tient', async ({
  as,
}) => {
  const agent = await as('agent')
  await agent.goto('/migration?territory=59')
  const row = agent.getByRole('row').filter({ hasText: 'SDIS 59' })
  await row.getByRole('link').click()
  await expect(agent.getByText('Aucune migration décidée').first()).toBeVisible()

  await agent.getByLabel('Cible').fill('Deux trunks SIP, deux opérateurs, deux centraux')
  await agent.getByLabel('Responsable').first().fill('Camille Exemple')
  await agent.getByRole('button', { name: 'Décider la migration' }).click()
  await expect(agent.getByRole('button', { name: 'Noter ce contact et promettre le suivant' })).toBeVisible()

  await addAccess(agent, 't2', 'Télécom Exemple', 'Central Exemple A')
  await addAccess(agent, 'sip', 'Fibre Fictive', 'Central Exemple A')
  await expect(agent.getByText('Les accès en service partent du même central')).toBeVisible()
  await addAccess(agent, 'sip', 'Réseau Modèle', 'Central Exemple B')
  await expect(agent.getByText('Les accès en service partent du même central')).toHaveCount(0)

  // A contact promised too far is refused, and what was said stays.
  const contact = agent.locator('form').filter({ hasText: 'Ce qui a été dit au site' })
  await contact.getByLabel('Ce qui a été dit au site').fill('Vu avec la salle')
  await contact.locator('input[type=datetime-local]').fill('2099-01-01T10:00')
  await contact.getByRole('button').click()
  await expect(contact.getByText('au moins tous les 30 jours').first()).toBeVisible()
  await expect(contact.getByLabel('Ce qui a été dit au site')).toHaveValue('Vu avec la salle')

  await addStep(agent, 'number_tests')
  const numbers = await fold(agent, 'Conduire : Essais des numéros')
  await tries(numbers, ['18', '112'], 'before', 3)
  await turn(numbers, 'commencée')
  await expect(stepRow(agent, 'number_tests')).toContainText('en cours')
  await turn(await fold(agent, 'Conduire : Essais des numéros'), 'faite')
  await expect(stepRow(agent, 'number_tests')).toContainText('faite')

  await addStep(agent, 'cut_over')
  await expect(agent.getByText('Une bascule ne s’inscrit pas sans retour arrière.').first()).toBeVisible()
  await agent.locator('#step-new-back').fill('Retour sur le T2 en cinq minutes')
  await agent.getByRole('button', { name: 'Enregistrer l’étape' }).last().click()
  await expect(agent.getByText('Bascule annoncée comme travaux')).toBeVisible()
  const first = await fold(agent, 'Conduire : Bascule')
  await turn(first, 'commencée')
  await expect(first.getByText('Écrivez d’abord un essai fait avant la bascule.')).toBeVisible()
  await tries(first, ['18'], 'before', 3)
  await turn(first, 'commencée')
  await expect(stepRow(agent, 'cut_over')).toContainText('en cours')
  const going = await fold(agent, 'Conduire : Bascule')
  await tries(going, ['18'], 'after', 0)
  const failing = going.locator('form').filter({ hasText: 'un dossier s’ouvre' })
  await failing.getByLabel('Ce que l’appelant entend').selectOption('NO_RING')
  await failing
    .getByLabel('Ce qui a échoué')
    .fill('Aucun appel au 18. Retour arrière fait à la quatrième minute.')
  await failing.getByRole('button', { name: 'L’étape a échoué' }).click()
  const failed = stepRow(agent, 'cut_over').filter({ hasText: 'en échec' })
  const link = failed.getByRole('link', { name: /Dossier \d{4}-/ })
  await expect(link).toBeVisible()
  const site = agent.url()
  await link.click()
  await expect(agent.getByText('Retour arrière fait à la quatrième minute').first()).toBeVisible()
  // Announced as works: in front of whoever works the case, watches the number, reads the detection.
  const announced = agent.locator('a[href="/works"]', { hasText: 'SDIS 59' })
  await expect(announced.first()).toBeVisible()
  await agent.goto('/supervision/59/18')
  await expect(announced.first()).toBeVisible()

  await agent.goto(site)
  await addStep(agent, 'cut_over', 'Retour sur le T2 en cinq minutes')
  const second = await fold(agent, 'Conduire : Bascule')
  await tries(second, ['18'], 'before', 3)
  await turn(second, 'commencée')
  await expect(stepRow(agent, 'cut_over').filter({ hasText: 'en cours' })).toHaveCount(1)
  const last = await fold(agent, 'Conduire : Bascule')
  await tries(last, ['18', '112'], 'after', 3)
  await turn(last, 'faite')
  await expect(stepRow(agent, 'cut_over').filter({ hasText: 'faite' })).toHaveCount(1)
  await flawless(agent)
  await agent.setViewportSize(SIDE)
  await flawless(agent)

  // The préfecture reads it with its letter; it changes nothing.
  const authority = await as('authority', { viewport: SIDE })
  await authority.goto('/migration')
  await expect(authority.getByRole('row').filter({ hasText: 'SAMU 62' })).toHaveCount(0)
  await flawless(authority)
  await authority.goto(site)
  await expect(stepRow(authority, 'cut_over').filter({ hasText: 'en échec' })).toHaveCount(1)
  await expect(authority.locator('form').filter({ hasText: 'Ce qui a été dit au site' })).toHaveCount(0)
  await flawless(authority)
})

test('le calendrier du cuivre : chaque ligne fausse est nommée, rien n’entre à moitié, puis les sites à risque se lisent', async ({
  as,
}) => {
  const lead = await as('lead')
  await lead.goto('/migration/calendar')
  const paste = async (...lines: string[]) => {
    await lead.getByLabel('Ou collez les lignes').fill(lines.join('\n'))
    await lead.getByRole('button', { name: /Essayer/ }).click()
  }
  await paste('commune;date', 'Lille;2027')
  await expect(lead.getByText('En-tête inattendu').first()).toBeVisible()
  const head = 'code_insee;lot;fermeture_commerciale;fermeture_technique;etat'
  await paste(
    head,
    '59350;L1;;2027-02-30;prévue',
    '99999;L1;;2027-06-30;prévue',
    '01144;L1;;2027-06-30;prévue',
  )
  await expect(lead.getByText('3 lignes sont fausses').first()).toBeVisible()
  await expect(lead.getByText('elle fait partie de Bâgé-Dommartin')).toBeVisible()
  const faults = await lead.request.get(`${lead.url()}/faults`)
  expect((await faults.text()).trim().split('\r\n')).toHaveLength(3)
  await flawless(lead)
  await lead.goto('/migration/risks')
  await expect(lead.getByRole('row').filter({ hasText: 'SAMU 62' }).getByText('Même central')).toBeVisible()
  await flawless(lead)
  await lead.setViewportSize({ width: 360, height: 740 })
  await flawless(lead)
  await lead.setViewportSize({ width: 1280, height: 720 })
  await lead.goto('/migration')
  await expect(lead.getByRole('table')).toBeVisible()
  await flawless(lead)
  const agent = await as('agent')
  expect((await agent.request.get('/migration/calendar')).status()).toBe(404)
})

function stepRow(page: Page, kind: string) {
  return page.locator(`tr[data-step=${kind}]`)
}

async function fold(page: Page, label: string) {
  const found = page
    .locator('details')
    .filter({ has: page.getByText(label, { exact: true }) })
    .last()
  await found.evaluate((element) => element.setAttribute('open', ''))
  return found
}

type Part = Awaited<ReturnType<typeof fold>>

async function addAccess(page: Page, kind: string, operator: string, exchange: string) {
  const before = await page.locator('tr[data-access]').count()
  const part = await fold(page, 'Ajouter un accès')
  await part.getByLabel('Accès', { exact: true }).selectOption(kind)
  await part.getByLabel('Opérateur').fill(operator)
  await part.getByLabel('Central de rattachement').fill(exchange)
  await part.getByRole('button', { name: 'Enregistrer l’accès' }).click()
  await expect(page.locator('tr[data-access]')).toHaveCount(before + 1)
}

async function addStep(page: Page, kind: string, back?: string) {
  const part = await fold(page, 'Inscrire une étape')
  await part.locator('#step-new-kind').selectOption(kind)
  await part.locator('#step-new-owner').fill('Camille Exemple')
  if (back) await part.locator('#step-new-back').fill(back)
  const planned = page.locator(`tr[data-step=${kind}][data-state=planned]`)
  const before = await planned.count()
  await part.getByRole('button', { name: 'Enregistrer l’étape' }).click()
  if (kind !== 'cut_over' || back) await expect(planned).toHaveCount(before + 1)
}

async function tries(part: Part, numbers: string[], moment: string, passed: number) {
  const written = part.page().locator('tr[data-test]')
  for (const number of numbers) {
    const before = await written.count()
    const form = part.locator('form').filter({ hasText: 'Écrire un essai' })
    await form.getByLabel('Moment').selectOption(moment)
    await form.getByLabel('Numéro').selectOption(number)
    await form.getByLabel('Depuis quel réseau').fill('mobile 4G, Mobile Témoin')
    await form.getByLabel('Appels passés').fill(String(passed))
    await form.getByLabel('Appels tentés').fill('3')
    await form.getByRole('button', { name: 'Écrire l’essai' }).click()
    await expect(written).toHaveCount(before + 1)
  }
}

async function turn(part: Part, to: string) {
  const form = part.locator('form').filter({ hasText: 'Cette étape est' })
  await form.getByRole('radio', { name: to }).check()
  await form.getByRole('button', { name: 'Noter' }).click()
}
