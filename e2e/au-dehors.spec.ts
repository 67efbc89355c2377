import { heure } from './consigne.ts'
import { expect, flawless, test } from './fixtures.ts'

test.use({ locale: 'fr-FR' })

test('Un numéro de repli essayé, ouvert, regardé', async ({ as }) => {
  const salle = await as('lead')
  await salle.goto('/fallbacks/new')
  await salle.locator('[name=covers]').selectOption('119')
  await salle.locator('[name=territoryCode]').selectOption('59')
  await salle.locator('[name=organisationId]').selectOption({ label: 'SAMU 59 – Nord' })
  await salle.getByLabel('Numéro de repli', { exact: true }).fill('01 99 00 59 19')
  await salle.getByLabel('Appels à la fois').fill('12')
  await flawless(salle)
  await salle.getByRole('button', { name: 'Enregistrer' }).click()
  await salle.waitForURL(/\/fallbacks\/\d+$/)
  for (const reseau of ['Mobile Témoin', 'Fixe Modèle', 'Box Exemple']) {
    await salle.getByLabel('Réseau').fill(reseau)
    await salle.getByLabel('Aboutis').fill('2')
    await salle.getByLabel('Tentés').fill('2')
    await salle.getByRole('button', { name: 'Noter l’essai' }).click()
    await expect(salle.getByRole('row').filter({ hasText: reseau })).toBeVisible()
  }
  await salle.locator('[name="endsAt@Europe/Paris"]').fill(heure(600))
  await salle.getByRole('button', { name: 'Ouvrir' }).click()
  await expect(salle.getByText('En service')).toBeVisible()
  await expect(salle.getByText('01 99 00 59 19')).toHaveCount(0)
  await salle.getByRole('button', { name: 'Voir le numéro' }).click()
  await expect(salle.getByText('01 99 00 59 19')).toBeVisible()
  await flawless(salle)
  for (const page of ['/instructions', '/broadcasts', '/fallbacks', '/told', '/statements']) {
    await salle.goto(page)
    await flawless(salle)
  }
})

test('La page publique ne demande pas de compte, et ne dit rien tant qu’elle n’est pas ouverte', async ({
  page,
}) => {
  await page.goto('/status')
  await expect(page.getByText('Aucune information n’est publiée')).toBeVisible()
  await flawless(page)
  const flux = await page.request.get('/status/rss.xml')
  expect(flux.headers()['content-type']).toContain('application/rss+xml')
  expect(await (await page.request.get('/status/status.json')).json()).toMatchObject({
    notAnAlert: true,
    items: [],
  })
})

test('What is said outside, in English at the width of a telephone', async ({ as }) => {
  const desk = await as('lead', { locale: 'en-GB', viewport: { width: 360, height: 740 } })
  for (const path of [
    '/instructions',
    '/instructions/new',
    '/broadcasts',
    '/broadcasts/pilots',
    '/fallbacks',
    '/fallbacks/new',
    '/told',
    '/statements',
  ]) {
    await desk.goto(path)
    await flawless(desk)
  }
})
