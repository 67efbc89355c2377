import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

/** What every caller is asked, as quickly as he says it. */
async function cinqQuestions(page: Page) {
  await page.getByRole('checkbox', { name: '15 SAMU' }).check()
  await page.getByRole('radio', { name: /Silence, l’appel ne part pas/ }).check()
  await page.getByRole('radio', { name: 'Il y a 15 min' }).check()
}

test('Par téléphone : déclarant trouvé en tapant, contre-appel, numéro à lire', async ({ as }) => {
  const page = await as('agent')
  await page.goto('/cases/new?channel=phone')
  await page.getByRole('combobox').fill('samu 37')
  await page
    .getByRole('option', { name: /^SAMU 37/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { name: 'Contre-appel' })).toBeVisible()
  await expect(page.getByLabel('Territoire touché')).toHaveValue('37')
  await page.getByLabel('Contre-appel fait sur le numéro de l’annuaire').check()
  await cinqQuestions(page)
  await page.getByText('Saisie tardive').click()
  await page.getByLabel('Appel entendu à').fill('2020-01-02T03:04')
  await page.getByRole('button', { name: 'Ouvrir le dossier' }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('À lire à l’appelant')
  await expect(page.getByText(/Nous vous recontactons avant/)).toBeVisible()
  await expect(page.getByText('Dossier non authentifié')).toHaveCount(0)
  await expect(page.getByRole('link', { name: /Ouvrir le dossier/ })).toHaveAttribute(
    'href',
    /\/cases\/\d{4}-/,
  )
})

test('Par téléphone, sans JavaScript et sans contre-appel : le dossier est marqué', async ({ as }) => {
  const page = await as('agent', { javaScriptEnabled: false })
  await page.goto('/cases/new?channel=phone')
  await page.getByRole('textbox', { name: 'Organisme, poste, personne ou numéro' }).fill('prefecture nord')
  await page.getByRole('button', { name: 'Chercher dans l’annuaire' }).click()
  await page
    .getByRole('link', { name: /Préfecture du Nord/ })
    .first()
    .click()
  await cinqQuestions(page)
  await page.getByRole('button', { name: 'Ouvrir le dossier' }).first().click()
  await expect(page.getByText('Dossier non authentifié')).toBeVisible()
})

test('Un particulier est renvoyé vers les numéros d’urgence, son appel est noté hors périmètre', async ({
  as,
}) => {
  const page = await as('agent')
  await page.goto('/cases/new?channel=phone')
  await page.getByRole('link', { name: 'Un particulier' }).click()
  await expect(page.getByText('Cette ligne est réservée')).toBeVisible()
  await page.getByLabel('Territoire touché').selectOption('59')
  await page.getByLabel('Ce que dit l’appelant').fill('Le 15 sonne occupé depuis chez lui')
  await page.getByRole('button', { name: 'Noter l’appel et terminer' }).click()
  await expect(page.getByText('L’appel est noté sous ce numéro, hors périmètre.')).toBeVisible()
})
