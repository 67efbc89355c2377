import { readFileSync } from 'node:fs'
import { expect, flawless, test } from './fixtures.ts'

test.use({ locale: 'fr-FR' })

test('Un point de situation est rédigé, diffusé, lu et acquitté par l’autorité', async ({ as }) => {
  const cellule = await as('lead')
  await cellule.goto('/sitreps')
  await cellule.getByRole('button', { name: 'Rédiger le point de situation' }).first().click()
  await expect(cellule.getByRole('heading', { level: 1 })).toContainText('Point de situation n°')
  // Without the sentence that is read first nothing goes further, and nothing typed is lost.
  await cellule.getByLabel('Actions en cours').fill('Équipe sur place.')
  await cellule.getByLabel('L’essentiel en une phrase').fill('   ')
  await cellule.getByRole('button', { name: 'Vérifier avant de diffuser' }).click()
  await expect(cellule.getByText('Écrivez l’essentiel').first()).toBeVisible()
  await expect(cellule.getByLabel('Actions en cours')).toHaveValue('Équipe sur place.')
  await cellule.getByLabel('L’essentiel en une phrase').fill('Le 15 passe de nouveau depuis les mobiles.')
  const autres = cellule.getByText(/autres? autorités?$/)
  await autres.click()
  await cellule.getByRole('checkbox', { name: 'Préfecture du Nord', exact: true }).check()
  await flawless(cellule)
  await cellule.getByRole('button', { name: 'Vérifier avant de diffuser' }).click()
  await expect(cellule.getByRole('heading', { name: 'À vérifier avant de diffuser' })).toBeVisible()
  await expect(cellule.getByRole('region', { name: 'Ce que chacun lira' })).toContainText('Équipe sur place.')
  await expect(cellule.getByText(/destinataires?$/).first()).toBeVisible()
  await flawless(cellule)
  await cellule.getByRole('button', { name: /^Diffuser/ }).click()
  await expect(cellule.getByText('Destinataires et accusés de réception')).toBeVisible()
  const ligne = cellule.getByRole('row').filter({ hasText: 'Préfecture du Nord' })
  await expect(ligne).toContainText('En attente')
  await flawless(cellule)

  const prefecture = await as('authority')
  await prefecture.goto('/sitreps')
  await flawless(prefecture)
  await prefecture
    .getByRole('link', { name: /Point de situation n°/ })
    .first()
    .click()
  await expect(prefecture.getByText('Le 15 passe de nouveau depuis les mobiles.')).toBeVisible()
  const [lu, acquitte] = await Promise.all([
    prefecture.getByText('Le 15 passe de nouveau depuis les mobiles.').boundingBox(),
    prefecture.getByRole('button', { name: 'J’accuse réception' }).boundingBox(),
  ])
  expect(acquitte?.y, 'after what is to be read').toBeGreaterThan(lu?.y ?? Number.POSITIVE_INFINITY)
  const [enregistre] = await Promise.all([
    prefecture.waitForEvent('download'),
    prefecture.getByRole('link', { name: 'Enregistrer en PDF' }).click(),
  ])
  expect(enregistre.suggestedFilename()).toMatch(/^point-\d+-INC-[\d-]+\.pdf$/)
  expect(
    readFileSync(await enregistre.path())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')
  await prefecture.getByRole('button', { name: 'J’accuse réception' }).click()
  await expect(prefecture.getByText('Réception confirmée par')).toBeVisible()
  await cellule.reload()
  await expect(ligne).not.toContainText('En attente')

  const adresse = new URL(prefecture.url()).pathname
  await prefecture.goto('/sitreps/subscriptions')
  await flawless(prefecture)
  const poste = prefecture
    .locator('section')
    .filter({ has: prefecture.getByRole('button') })
    .first()
  await poste.getByRole('checkbox', { name: /^courriel/ }).check()
  await poste.getByRole('combobox').selectOption('3')
  await poste.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(poste).toContainText('Abonnement enregistré.')
  await prefecture.reload()
  await expect(poste.getByRole('checkbox', { name: /^courriel/ })).toBeChecked()
  await expect(poste.getByRole('combobox')).toHaveValue('3')

  const declarant = await as('reporter')
  const refus = await declarant.goto(adresse)
  expect(refus?.status()).toBe(404)
  const fichier = await declarant.request.get(`${adresse}/pdf`)
  expect(fichier.status()).toBe(404)
})

test('Situation reports in English, without fault of accessibility, at the width of a telephone', async ({
  as,
}) => {
  const desk = await as('agent', { locale: 'en-GB', viewport: { width: 360, height: 740 } })
  await desk.goto('/sitreps')
  await expect(desk.getByRole('heading', { level: 1 })).toHaveText('Situation reports')
  await flawless(desk)
})
