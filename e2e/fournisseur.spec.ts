import type { Page } from '@playwright/test'
import { startOidcProvider } from '#scripts/testing/oidc-provider.ts'
import { expect, flawless, signIn, test } from './fixtures.ts'

const unnamed = Boolean(process.env.E2E_BASE_URL) && !process.env.OIDC_ISSUER
test.skip(unnamed, 'a running service knows its own provider: name it by OIDC_ISSUER and E2E_OIDC_PORT')

const PORT = Number(process.env.E2E_OIDC_PORT)
const parFournisseur = (page: Page) =>
  page.getByRole('link', { name: 'Se connecter avec ProConnect' }).click()

test('Par le fournisseur d’identité : absent, inconnu, lié, quitté, et refusé quand sa réponse est altérée', async ({
  as,
  page,
  browser,
  baseURL,
}) => {
  // Away: said in words, and nobody is held up by it.
  await page.goto('/sign-in')
  await parFournisseur(page)
  await expect(page.locator('main [role=alert]')).toContainText('ProConnect ne répond pas')
  await flawless(page)
  await signIn(page, 'agent')
  await page.context().clearCookies()

  const op = await startOidcProvider(PORT, baseURL ?? '')
  try {
    const ada = `ada-${Date.now()}`
    op.is(ada)
    await page.goto('/sign-in?next=%2Faccount')
    await parFournisseur(page)
    await expect(page.getByText('aucun compte ne vous est lié ici')).toBeVisible()

    const admin = await as('admin')
    const email = `agente.${Date.now()}@permanence.example`
    await admin.goto('/admin/accounts/new')
    await admin.getByLabel('Nom', { exact: true }).fill('Ada Fournie')
    await admin.getByLabel('Courriel').fill(email)
    await admin.getByLabel('Rôle').selectOption('agent')
    await admin.getByRole('button', { name: 'Créer le compte' }).click()
    await expect(admin.locator('output')).toBeVisible()
    await admin.goto(`/admin/accounts?q=${email}`)
    await admin.getByRole('link', { name: 'Ada Fournie' }).click()
    await admin.getByLabel('Personne qui s’est présentée sans compte').selectOption({ index: 1 })
    await admin.getByRole('button', { name: 'Lier à ce compte' }).click()
    await expect(admin.getByRole('button', { name: 'Délier' })).toBeVisible()

    // By an invitation, without scripts: pressed on its own page; a link from elsewhere brings none along.
    await admin.getByRole('button', { name: 'Faire un lien d’invitation' }).click()
    const link = (await admin.locator('output').textContent()) ?? ''
    const plain = await browser.newContext({ ...(baseURL && { baseURL }), javaScriptEnabled: false })
    const invited = await plain.newPage()
    op.is(`bea-${Date.now()}`)
    await invited.goto(`/sign-in/provider?invitation=${link.split('/').at(-1)}`)
    await expect(invited.getByText('aucun compte ne vous est lié ici')).toBeVisible()
    await invited.goto(link)
    await invited.getByRole('button', { name: 'Commencer avec ProConnect' }).click()
    await invited.goto('/account')
    await expect(invited.getByRole('row', { name: /cette session/ })).toContainText('fournisseur d’identité')
    await plain.close()
    op.is(ada)

    await page.goto('/sign-in?next=%2Faccount')
    await parFournisseur(page)
    await expect(page).toHaveURL('/account')
    await expect(page.getByRole('row', { name: /cette session/ })).toContainText('fournisseur d’identité')

    // Left there as well: on a shared screen the next one is not let in as her.
    await page.locator('summary').filter({ hasText: 'Ada Fournie' }).click()
    await page.getByRole('button', { name: 'Se déconnecter' }).click()
    await page.getByRole('button', { name: 'Quitter ProConnect' }).click()
    await expect(page.getByText('Vous êtes déconnecté.')).toBeVisible()
    expect(op.ended()).toBe(1)
    await page.goto('/sign-in?out=here')
    await expect(page.getByText('mais pas de ProConnect')).toBeVisible()
    await flawless(page)

    op.goesWrong('userinfo')
    await parFournisseur(page)
    await expect(page.locator('main [role=alert]')).toContainText('n’est pas digne de confiance')
    await page.goto('/account')
    await expect(page).toHaveURL(/\/sign-in\?next=/)
  } finally {
    await op.stop()
  }
})
