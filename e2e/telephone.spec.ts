import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

/** What every caller is asked, as quickly as he says it. */
async function cinqQuestions(page: Page) {
  await page.getByRole('checkbox', { name: '15 SAMU' }).check()
  await page.getByRole('radio', { name: /Silence, l’appel ne part pas/ }).check()
  await page.getByRole('radio', { name: 'Il y a 15 min' }).check()
}

test('Par téléphone : déclarant trouvé en tapant, contre-appel, les deux heures d’une saisie tardive, numéro à lire', async ({
  as,
}) => {
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
  await page.getByRole('radio', { name: 'Il y a 1 h' }).check()
  await page.getByText('Saisie tardive').click()
  await page.getByLabel('Appel entendu à').fill(ilYA(40))
  await page.getByRole('button', { name: 'Ouvrir le dossier' }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('À lire à l’appelant')
  await expect(page.getByText(/Nous vous recontactons avant/)).toBeVisible()
  await expect(page.getByText('Dossier non authentifié')).toHaveCount(0)
  const numero = page.locator('main').getByText(/^\d{4}-\d{6}-\d$/)
  const taille = await numero.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize))
  expect(taille, 'read from a metre away').toBeGreaterThanOrEqual(36)

  await page.getByRole('link', { name: /Ouvrir le dossier/ }).click()
  await expect(page.locator('main header')).toContainText('SAMU 37')
  await expect(page.getByText('Déclarant non authentifié')).toHaveCount(0)
  const recu = page.locator('li[data-kind]', { hasText: 'Signalement reçu' })
  await expect(recu).toContainText(/entendu (le .+ )?à \d+\sh\s\d\d/)
  await expect(recu).toContainText(/survenu (le .+ )?à \d+\sh\s\d\d/)
})

/** The wall clock of Paris so many minutes ago, as a field of a form takes it. */
function ilYA(minutes: number): string {
  const at = new Date(Date.now() - minutes * 60_000)
  return at.toLocaleString('sv-SE', { timeZone: 'Europe/Paris' }).slice(0, 16).replace(' ', 'T')
}

test('Par téléphone, sans JavaScript et sans contre-appel : le dossier est marqué', async ({ as }) => {
  const page = await as('agent', { javaScriptEnabled: false })
  await page.goto('/cases/new?channel=phone')
  await page.getByRole('textbox', { name: 'Organisation, poste, personne ou numéro' }).fill('samu 37')
  await page.getByRole('button', { name: 'Chercher dans l’annuaire' }).click()
  await page
    .getByRole('link', { name: /^SAMU 37/ })
    .first()
    .click()
  await cinqQuestions(page)
  await page.getByRole('button', { name: 'Ouvrir le dossier' }).first().click()
  await expect(page.getByText('Dossier non authentifié')).toBeVisible()
  await page.getByRole('link', { name: /Ouvrir le dossier/ }).click()
  await expect(page.getByText('Déclarant non authentifié').first()).toBeVisible()
  // a vital number all the same: nobody vouches for it, so it qualifies for nothing
  await expect(page.locator('main header')).toContainText('N1')
  await expect(page.getByText('déclarant non authentifié', { exact: true })).toBeVisible()

  await expect(page.locator('#act')).toContainText('Authentifier par contre-appel')
  await page.locator('#act').getByRole('button', { name: 'Authentifier par contre-appel' }).click()
  // N2, or N3 during the evening peak
  await expect(page.locator('main header')).toContainText(/N[23]/)
  await expect(page.getByText('Déclarant non authentifié')).toHaveCount(0)
})

for (const [locale, javaScriptEnabled, choisir, manque] of [
  [
    'fr-FR',
    false,
    'Un centre ou une autorité hors annuaire',
    [
      /un numéro de rappel/,
      /au moins un numéro/,
      /ce que l’appelant entend/,
      /le département ou le territoire/,
    ],
  ],
  [
    'en-GB',
    true,
    'A centre or authority missing from the directory',
    [
      /a call-back number/,
      /at least one emergency number/,
      /what the caller hears/,
      /the département or the territory/,
    ],
  ],
] as const)
  test(`Appel envoyé vide : tout ce qui manque est dit, dans l’ordre des questions (${locale})`, async ({
    as,
  }) => {
    const page = await as('agent', { locale, javaScriptEnabled })
    await page.goto('/cases/new?channel=phone')
    await page.getByRole('link', { name: choisir }).click()
    await page.locator('input[name=reporterName]').fill('Camille')
    // An answer folded away comes back unfolded.
    await page.locator('#q-told').click()
    await page.locator('textarea[name=told]').fill('CODIS')
    await page.locator('#q-told').click()
    await expect(page.locator('textarea[name=told]')).toBeHidden()
    await page
      .getByRole('button', { name: /^(Ouvrir le dossier|Open the case)$/ })
      .last()
      .click()
    const resume = page.getByRole('alert').filter({ has: page.getByRole('link') })
    await expect(resume.getByRole('link')).toHaveText([...manque])
    for (const [n, id] of ['callbackPhone', 'numbers', 'symptom', 'territoryCode'].entries()) {
      await expect(resume.getByRole('link').nth(n)).toHaveAttribute('href', `#${id}`)
      await expect(page.locator(`#${id}`)).toBeVisible()
      await expect(page.locator(`#${id}-error`)).toHaveText(manque[n] ?? '')
    }
    await expect(page.locator('input[name=reporterName]')).toHaveValue('Camille')
    await expect(page.locator('textarea[name=told]')).toHaveValue('CODIS')
    if (!javaScriptEnabled) await expect(page.locator('textarea[name=told]')).toBeVisible()
    await expect(page.locator('select[name=callingTechnology]')).toBeHidden()
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
