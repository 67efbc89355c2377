import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

const NUMERO = /^\d{4}-\d{6}-\d$/
const numeroDe = (page: Page) => new URL(page.url()).pathname.split('/').at(-1) ?? ''
/** A question after the fifth is a line to unfold. */
const deplier = (page: Page, question: string) =>
  page.locator('summary', { has: page.getByRole('heading', { name: question }) }).click()

/** The five first questions, as quickly as someone in a hurry. */
async function cinqQuestions(page: Page) {
  await page.getByRole('checkbox', { name: '15 SAMU' }).check()
  await page.getByRole('radio', { name: /Silence, l’appel ne part pas/ }).check()
  await page.getByRole('radio', { name: 'Il y a 15 min' }).check()
}

test('Signaler en cinq questions, lire le numéro, compléter ensuite', async ({ as }) => {
  const page = await as('reporter')
  await page.goto('/cases/new')
  await expect(page.getByText('SAMU 59 – Nord')).toBeVisible()
  await cinqQuestions(page)
  await page.getByLabel('Avec vos mots').fill('Rappeler le 03 20 12 34 56, plus rien ne sonne')
  const communes = page.getByRole('combobox', { name: 'Communes touchées' })
  await communes.fill('lille')
  await expect(page.getByRole('option', { name: /^Lille \(59\)/ })).toBeVisible()
  await communes.press('ArrowDown')
  await communes.press('Enter')
  await communes.fill('59100')
  await page.getByRole('option', { name: /Roubaix/ }).click()
  await page.getByRole('button', { name: 'Envoyer maintenant, compléter ensuite' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Votre signalement est enregistré')
  expect(numeroDe(page)).toMatch(NUMERO)
  await expect(page.getByRole('heading', { name: 'Prochain contact promis avant' })).toBeVisible()
  await expect(page.getByText('Lille, Roubaix')).toBeVisible()
  await expect(page.locator('main')).not.toContainText('03 20 12 34 56')

  await page.getByRole('link', { name: 'Compléter le signalement' }).click()
  const complete = page.locator('#complete')
  await complete.getByLabel('Réseau de l’appelant').selectOption('volte')
  await complete.getByLabel('Passés').fill('1')
  await complete.getByLabel('Essayés').fill('5')
  await complete.getByRole('button', { name: 'Envoyer' }).click()
  await expect(page.getByText('Le signalement est complété.')).toBeVisible()
  await expect(page.getByRole('table').getByText('1 sur 5')).toBeVisible()
})

test('Un double clic, le bouton retour et un nouvel envoi font un seul dossier', async ({ as }) => {
  const page = await as('reporter')
  await page.goto('/cases/new')
  const adresse = page.url()
  await cinqQuestions(page)
  await page.getByRole('button', { name: 'Envoyer maintenant, compléter ensuite' }).dblclick()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Votre signalement est enregistré')
  const numero = numeroDe(page)
  await page.goto(adresse)
  await expect(page.getByText(`Il porte le numéro ${numero}.`)).toBeVisible()
  await page.getByRole('link', { name: 'Faire un autre signalement' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Signaler une panne')
  expect(page.url()).not.toBe(adresse)
  await expect(page.getByRole('checkbox', { name: '15 SAMU' })).not.toBeChecked()
})

test('Deux onglets envoient le même signalement : le second mène au dossier du premier', async ({ as }) => {
  const page = await as('reporter')
  await page.goto('/cases/new')
  const autre = await page.context().newPage()
  await autre.goto(page.url())
  for (const onglet of [page, autre]) {
    await cinqQuestions(onglet)
    await onglet.getByRole('button', { name: 'Envoyer le signalement' }).click()
    await expect(onglet.getByRole('heading', { level: 1 })).toHaveText('Votre signalement est enregistré')
  }
  expect(numeroDe(autre)).toBe(numeroDe(page))
})

test('Une réponse qui manque se dit, rien de ce qui est saisi ne se perd', async ({ as }) => {
  const page = await as('reporter')
  await page.goto('/cases/new')
  await page.getByLabel('Avec vos mots').fill('on ne sait pas trop')
  await deplier(page, 'Quels essais ?')
  await page.getByRole('button', { name: 'Ajouter un essai' }).click()
  await page.getByRole('group', { name: 'Essai 2' }).getByLabel('Passés').fill('9')
  await page.getByRole('group', { name: 'Essai 2' }).getByLabel('Essayés').fill('3')
  await deplier(page, 'Quels essais ?')
  await expect(page.getByRole('group', { name: 'Essai 2' })).toBeHidden()
  await page.getByRole('button', { name: 'Envoyer le signalement' }).click()
  const resume = page.getByRole('alert').filter({ has: page.getByRole('link') })
  await expect(resume).toBeFocused()
  // All at once, in the order of the questions.
  await expect(resume.getByRole('link')).toHaveText([
    'Choisissez au moins un numéro d’urgence.',
    /Choisissez ce que l’appelant entend/,
    'Plus d’essais réussis que d’essais faits.',
  ])
  await expect(
    resume.getByRole('link', { name: 'Plus d’essais réussis que d’essais faits.' }),
  ).toHaveAttribute('href', '#tests.1.passed')
  // What is wrong is never left folded.
  await expect(page.getByRole('group', { name: 'Essai 2' }).getByLabel('Passés')).toBeVisible()
  await expect(page.getByLabel('Réseau de l’appelant')).toBeHidden()
  await expect(page.getByLabel('Avec vos mots')).toHaveValue('on ne sait pas trop')
})

test('Le réseau tombe : le numéro à appeler en grand, puis l’envoi reprend seul, un seul dossier', async ({
  as,
}) => {
  const page = await as('reporter')
  await page.goto('/cases/new')
  await cinqQuestions(page)
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Envoyer maintenant, compléter ensuite' }).click()
  await expect(page.getByText('Le signalement n’est pas parti')).toBeVisible()
  const appel = page.locator('form').getByRole('link', { name: /^Appeler le/ })
  await expect(appel).toBeVisible()
  const taille = await appel.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize))
  expect(taille, 'large').toBeGreaterThanOrEqual(24)
  await expect(page.getByText(/Nouvel essai automatique dans \d s/)).toBeVisible()
  await page.context().setOffline(false)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Votre signalement est enregistré')
})

test('La page fermée avant l’envoi rend la saisie : numéros, communes, lignes d’essais', async ({ as }) => {
  const page = await as('reporter')
  await page.goto('/cases/new')
  await cinqQuestions(page)
  const communes = page.getByRole('combobox', { name: 'Communes touchées' })
  await communes.fill('dunkerque')
  await page.getByRole('option', { name: 'Dunkerque' }).first().click()
  await deplier(page, 'Quels essais ?')
  await page.getByRole('button', { name: 'Ajouter un essai' }).click()
  await page.getByRole('group', { name: 'Essai 2' }).getByLabel('Essayés').fill('4')
  await page.goto('/my')
  await page.goto('/cases/new')
  await expect(page.getByText('Votre saisie non envoyée a été rétablie.')).toBeVisible()
  await expect(page.getByRole('checkbox', { name: '15 SAMU' })).toBeChecked()
  await expect(page.getByRole('button', { name: /Retirer Dunkerque/ })).toBeVisible()
  await expect(page.getByRole('group', { name: 'Essai 2' }).getByLabel('Essayés')).toHaveValue('4')
  await expect(page.getByRole('group', { name: 'Essai 2' })).toBeVisible()
  await page.getByRole('button', { name: 'L’effacer' }).click()
})

test('Au clavier seul', async ({ as }) => {
  const page = await as('reporter')
  await page.goto('/cases/new')
  const jusqua = async (name: string | RegExp, role: 'checkbox' | 'radio' | 'button') => {
    const cible = page.getByRole(role, { name }).first()
    for (let i = 0; i < 60; i++) {
      if (await cible.evaluate((element) => element === document.activeElement)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`never reached ${name}`)
  }
  await jusqua(/^15/, 'checkbox')
  await page.keyboard.press('Space')
  await jusqua(/Silence/, 'radio')
  await page.keyboard.press('Space')
  await jusqua('Envoyer maintenant, compléter ensuite', 'button')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Votre signalement est enregistré')
})

test('La liste des communes suit les flèches : le choix en cours se voit toujours', async ({ as }) => {
  const page = await as('reporter')
  await page.goto('/cases/new')
  const communes = page.getByRole('combobox', { name: 'Communes touchées' })
  await communes.fill('saint')
  const liste = page.getByRole('listbox', { name: 'Communes touchées' }).getByRole('option')
  await expect(liste).toHaveCount(12)
  const choix = page.getByRole('listbox').getByRole('option', { selected: true })
  for (let rang = 0; rang < 12; rang++) {
    await communes.press('ArrowDown')
    await expect(choix).toBeInViewport({ ratio: 0.95 })
  }
  await communes.press('ArrowDown')
  await expect(liste.first()).toHaveAttribute('aria-selected', 'true')
  await expect(choix).toBeInViewport({ ratio: 0.95 })
})

test('Sans JavaScript, sur un téléphone : communes cherchées, essais ajoutés, erreur, envoi', async ({
  as,
}) => {
  const page = await as('reporter', { javaScriptEnabled: false, viewport: { width: 360, height: 740 } })
  await page.goto('/cases/new')
  await page.getByRole('checkbox', { name: '18 Sapeurs-pompiers' }).check()
  await page.getByRole('textbox', { name: 'Communes touchées' }).fill('armentieres')
  await page.getByRole('button', { name: 'Chercher les communes' }).click()
  await page.getByRole('checkbox', { name: 'Armentières (59) 59280', exact: true }).check()
  await expect(page.getByRole('checkbox', { name: '18 Sapeurs-pompiers' })).toBeChecked()
  await deplier(page, 'Quels essais ?')
  await page.getByRole('group', { name: 'Essai 3' }).getByLabel('Essayés').fill('2')
  await page.getByRole('group', { name: 'Essai 3' }).getByLabel('Passés').fill('0')
  await page.getByRole('button', { name: 'Ajouter un essai' }).click()
  await expect(page.getByRole('group', { name: 'Essai 6' })).toBeVisible()
  await page.getByRole('button', { name: 'Envoyer le signalement' }).click()
  await expect(
    page.getByRole('alert').getByRole('link', { name: /Choisissez ce que l’appelant entend/ }),
  ).toBeVisible()
  await page.getByRole('radio', { name: /Message d’encombrement/ }).check()
  await page.getByRole('button', { name: 'Envoyer maintenant, compléter ensuite' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Votre signalement est enregistré')
  await expect(page.getByText('Armentières')).toBeVisible()
  await expect(page.getByText('0 sur 2').first()).toBeVisible()
})

test('L’annuaire et les communes ne répondent qu’à qui de droit', async ({ as, request }) => {
  expect((await request.get('/api/communes?q=lille')).status()).toBe(404)
  expect((await request.get('/api/directory?q=samu')).status()).toBe(404)
  const page = await as('reporter')
  expect((await page.request.get('/api/directory?q=samu')).status()).toBe(404)
  const communes = await (await page.request.get('/api/communes?q=st+denis')).json()
  expect(communes[0].label).toMatch(/^Saint-Denis \((93|974)\)$/)
})
