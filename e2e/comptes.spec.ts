import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

test('sans JavaScript, l’organisation d’un compte se cherche, se choisit et se change', async ({ as }) => {
  const admin = await as('admin', { javaScriptEnabled: false })
  const email = `sans.liste.${Date.now()}@permanence.example`
  const organisation = admin.getByRole('textbox', { name: 'Organisation' })
  await admin.goto('/admin/accounts/new')
  await admin.getByLabel('Nom', { exact: true }).fill('Dominique Sansliste')
  await admin.getByLabel('Courriel').fill(email)
  await admin.getByLabel('Rôle').selectOption('reporter')
  await organisation.fill('samu')
  await admin.getByRole('button', { name: 'Créer le compte' }).click()
  // several bear this word: they are shown, and nothing typed is lost
  await expect(admin.getByText('Choisissez l’organisation dans la liste').first()).toBeVisible()
  await expect(admin.getByLabel('Courriel')).toHaveValue(email)
  await organisation.fill('samu 5')
  await admin.getByRole('button', { name: 'Chercher l’organisation' }).click()
  await admin.getByRole('radio', { name: 'SAMU 59 – Nord' }).check()
  await admin.getByRole('button', { name: 'Créer le compte' }).click()
  await expect(admin.locator('output')).toHaveText(/^[a-z]+(-[a-z]+){4}$/)

  await admin.goto(`/admin/accounts?q=${email}`)
  await admin.getByRole('link', { name: 'Dominique Sansliste' }).click()
  await expect(organisation).toHaveValue('SAMU 59 – Nord')
  await organisation.fill('Préfecture du Rhône')
  await admin.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(organisation).toHaveValue(/^Préfecture du Rhône/)
  // Said above the page too, for forms that are gone; shown once.
  await expect(admin.getByText('Enregistré.').filter({ visible: true })).toHaveCount(1)
})

test('sans JavaScript, le compte au nom duquel une clé parle se cherche et se choisit', async ({ as }) => {
  const admin = await as('admin', { javaScriptEnabled: false })
  const name = `Clé sans liste ${Date.now()}`
  const account = admin.getByRole('textbox', { name: 'Compte' })
  await admin.goto('/admin/tokens')
  await admin.getByLabel('Nom de la clé').fill(name)
  await admin.getByRole('button', { name: 'Faire la clé', exact: true }).click()
  await expect(admin.getByRole('link', { name: 'Faites un choix dans la liste.' })).toBeVisible()
  await account.fill('personne de ce nom')
  await admin.getByRole('button', { name: 'Chercher le compte' }).click()
  await expect(admin.getByText('Aucun compte de ce nom').first()).toBeVisible()
  await expect(admin.getByLabel('Nom de la clé')).toHaveValue(name)
  await account.fill('permanence.example')
  await admin.getByRole('button', { name: 'Chercher le compte' }).click()
  await admin.getByRole('radio', { name: 'SAMU 59 – Nord · Alix Modèle' }).check()
  await admin.getByRole('button', { name: 'Faire la clé', exact: true }).click()
  await expect(admin.locator('output')).toHaveText(/^perm_/)
  await expect(admin.getByRole('row', { name: new RegExp(name) })).toContainText('SAMU 59 – Nord')
})

test('les comptes et les organisations ne se cherchent que par un administrateur', async ({ as }) => {
  for (const role of ['agent', 'lead', 'reporter'] as const) {
    const page = await as(role)
    for (const path of ['/api/accounts?q=samu', '/api/organisations?q=samu'])
      expect((await page.request.get(path)).status(), `${role} ${path}`).toBe(404)
  }
  const admin = await as('admin')
  expect(await (await admin.request.get('/api/accounts?q=samu+59')).json()).toContainEqual(
    expect.objectContaining({ label: expect.stringMatching(/^SAMU 59 – Nord · /) }),
  )
})

test('deux administrateurs changent la même équipe : le second lit qui est entré et qui est sorti', async ({
  as,
}) => {
  const [first, second] = [await as('admin'), await as('admin')]
  const name = `Équipe à deux ${Date.now()}`
  await first.goto('/admin/teams/new')
  await first.getByLabel('Nom de l’équipe').fill(name)
  const member = (page: Page, at: number) =>
    page.getByRole('group', { name: 'Membres' }).getByRole('checkbox').nth(at)
  const [left, came] = [await said(member(first, 0)), await said(member(first, 1))]
  await member(first, 0).check()
  await first.getByRole('button', { name: 'Créer' }).click()
  await first.getByRole('link', { name }).click()
  await expect(member(first, 0)).toBeChecked()
  await second.goto(first.url())

  await member(first, 0).uncheck()
  await member(first, 1).check()
  // Of its creation the page may still say that it is saved.
  const saved = first.waitForResponse((response) => response.request().method() === 'POST')
  await first.getByRole('button', { name: 'Enregistrer' }).click()
  await saved
  await expect(first.getByText('Enregistré.')).toBeVisible()

  await second.getByLabel('Nom de l’équipe').fill(`${name} bis`)
  await second.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(second.getByText(`Membres ajoutés entre-temps : ${came}.`)).toBeVisible()
  await expect(second.getByText(`Membres retirés entre-temps : ${left}.`)).toBeVisible()
  await expect(second.getByText(`Votre enregistrement ajouterait : ${left}.`)).toBeVisible()
  await expect(second.getByText(`Votre enregistrement retirerait : ${came}.`)).toBeVisible()
})

/** The name beside a box, without its role. */
async function said(box: Locator): Promise<string> {
  const value = await box.getAttribute('value')
  const label = box.page().locator(`label:has(input[value="${value}"])`)
  return label.evaluate((element) => {
    const words = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    return words.nextNode()?.textContent?.trim() ?? ''
  })
}
