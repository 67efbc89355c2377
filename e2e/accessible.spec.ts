import type { Page } from '@playwright/test'
import { expect, flawless, test, toldByAxe } from './fixtures.ts'

const TELEPHONE = { width: 360, height: 740 }

async function unfold(page: Page) {
  await page.locator('main details').evaluateAll((folds) => {
    for (const fold of folds) (fold as HTMLDetailsElement).open = true
  })
}

for (const [locale, titre, envoyer, enregistre] of [
  ['fr-FR', 'Signaler une panne', 'Envoyer maintenant', 'Votre signalement est enregistré'],
  ['en-GB', 'Report a failure', 'Send now', 'Your report is recorded'],
] as const) {
  test(`Les pages du déclarant, sans défaut et à 360 points (${locale})`, async ({ as }) => {
    const page = await as('reporter', { locale, viewport: TELEPHONE })
    await page.goto('/cases/new')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(titre)
    await unfold(page)
    await flawless(page)
    await page.getByLabel(/^17/).check()
    await page.locator('input[name=symptom][value=NO_RING]').check()
    await page.getByRole('button', { name: envoyer }).first().click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(enregistre)
    await unfold(page)
    await flawless(page)
    await page.goto('/my')
    await expect(page.getByRole('rowheader').first()).toBeVisible()
    await flawless(page)
  })

  test(`Les pages des dossiers de la cellule, sans défaut et à 360 points (${locale})`, async ({ as }) => {
    const page = await as('lead', { locale, viewport: TELEPHONE })
    await page.goto('/cases')
    await expect(page.getByRole('rowheader').first()).toBeVisible()
    await unfold(page)
    await flawless(page)
    await page.getByRole('rowheader').first().getByRole('link').click()
    await expect(page).toHaveURL(/\/cases\/\d{4}-/)
    await expect(page.locator('#timeline')).toBeVisible()
    await unfold(page)
    await flawless(page)
    await page.goto('/cases/new?channel=phone')
    await page.getByRole('combobox').first().fill('samu 37')
    await page
      .getByRole('option', { name: /^SAMU 37/ })
      .first()
      .click()
    await expect(page.getByRole('heading', { name: /^(Contre-appel|Call-back)$/ })).toBeVisible()
    await unfold(page)
    await flawless(page)
  })
}

test('Une page fautive est dite fautive : image muette, champ sans nom, contraste, titre sauté', async ({
  page,
}) => {
  await page.goto('/sign-in')
  await page.locator('main').evaluate((main) => {
    main.insertAdjacentHTML(
      'beforeend',
      '<img src="data:," width="9" height="9"><input type="text"><h5>Trop bas</h5><p>Trop pâle</p>',
    )
    // Written into the page it would be refused by its security policy.
    ;(main.lastElementChild as HTMLElement).style.cssText = 'color: #aaa; background: #fff'
  })
  const told = (await toldByAxe(page)).map((one) => one.split(':')[0])
  expect(told).toEqual(expect.arrayContaining(['image-alt', 'label', 'color-contrast', 'heading-order']))
  await expect(flawless(page)).rejects.toThrow('image-alt')
})
