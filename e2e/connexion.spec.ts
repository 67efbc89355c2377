import { type Browser, expect, type Page, test } from '@playwright/test'
import { DEMO_ACCOUNTS } from '#app/_demo/accounts.ts'
import { SCOPES } from '#app/sign-in/rules/throttle.ts'
import { flawless } from './fixtures.ts'

const account = (role: string) => {
  const found = DEMO_ACCOUNTS.find((one) => one.role === role)
  if (!found) throw new Error(`no demo account ${role}`)
  return found
}

async function seConnecter(page: Page, role: string, passphrase = account(role).passphrase) {
  await page.locator('main [name=email]').fill(account(role).email)
  await page.locator('main [name=passphrase]').fill(passphrase)
  await page.locator('main form button[type=submit]').click()
}

async function nouvellePage(
  browser: Browser,
  options: { javaScriptEnabled?: boolean; locale?: string } = {},
) {
  const context = await browser.newContext({ locale: 'fr-FR', ...options })
  return context.newPage()
}

/** All at once, as a machine guesses: one after the other on a busy machine, the allowance grows again meanwhile. */
async function epuiser(page: Page, email: string) {
  const caches = page.locator('main form:has([name=passphrase]) input[type=hidden]')
  const champs = await caches.evaluateAll((all) =>
    all.map((one) => [(one as HTMLInputElement).name, (one as HTMLInputElement).value]),
  )
  const envoi = {
    multipart: { ...Object.fromEntries(champs), email, passphrase: 'au hasard' },
    headers: { origin: new URL(page.url()).origin },
  }
  await Promise.all(
    Array.from({ length: SCOPES.name_without_address.free + 2 }, async () => {
      expect((await page.request.post('/sign-in', envoi)).ok()).toBe(true)
    }),
  )
}

test.use({ locale: 'fr-FR' })

test('Sans être connecté, une page mène à la connexion, puis y revient', async ({ page }) => {
  await page.goto('/account')
  await expect(page).toHaveURL('/sign-in?next=%2Faccount')
  await seConnecter(page, 'agent')
  await expect(page).toHaveURL('/account')
  await expect(page.getByText('cette session')).toBeVisible()
})

test('Une erreur garde l’adresse saisie et ne dit pas ce qui est faux', async ({ page }) => {
  await page.goto('/sign-in')
  await seConnecter(page, 'lead', 'pas la bonne phrase')
  const message = page.locator('main [role=alert]')
  await expect(message).toHaveText('Adresse électronique ou phrase secrète incorrecte.')
  await expect(page.locator('[name=email]')).toHaveValue(account('lead').email)
  await expect(page.locator('[name=passphrase]')).toHaveValue('')
  await page.locator('[name=email]').fill('personne@permanence.example')
  await page.locator('[name=passphrase]').fill('pas la bonne phrase')
  await page.locator('main form button[type=submit]').click()
  await expect(message).toHaveText('Adresse électronique ou phrase secrète incorrecte.')
})

test('Trop d’essais font attendre quelques secondes, sans bloquer', async ({ page }) => {
  await page.goto('/sign-in')
  const email = `absent-${Date.now()}@permanence.example`
  await epuiser(page, email)
  await page.locator('[name=email]').fill(email)
  await page.locator('[name=passphrase]').fill('au hasard')
  await page.locator('main form button[type=submit]').click()
  await expect(page.locator('main [role=alert]')).toContainText('Votre compte n’est pas bloqué')
})

test('Pendant que quelqu’un essaie des phrases sur son adresse, chacun entre du premier coup', async ({
  browser,
}) => {
  const [page, intrus] = [
    await nouvellePage(browser),
    await nouvellePage(browser, { javaScriptEnabled: false }),
  ]
  await page.goto('/sign-in?next=%2Faccount')
  await seConnecter(page, 'lead')
  await expect(page).toHaveURL('/account')
  await page.context().clearCookies({ name: /session-token/ })

  await intrus.goto('/sign-in')
  await epuiser(intrus, account('lead').email)
  await seConnecter(intrus, 'lead', 'au hasard')
  await expect(intrus.locator('main [role=alert]')).toContainText('Trop d’essais')
  await page.goto('/sign-in?next=%2Faccount')
  await seConnecter(page, 'lead')
  await expect(page).toHaveURL('/account')
  for (const one of [page, intrus]) await one.context().close()
})

test('Sans JavaScript : se connecter, se tromper, se reconnecter', async ({ browser }) => {
  const page = await nouvellePage(browser, { javaScriptEnabled: false })
  await page.goto('/sign-in?next=%2Faccount')
  await seConnecter(page, 'admin', 'pas la bonne phrase')
  await expect(page.locator('main [role=alert]')).toBeVisible()
  await expect(page.locator('[name=email]')).toHaveValue(account('admin').email)
  await seConnecter(page, 'admin')
  await expect(page).toHaveURL('/account')
  await page.context().close()
})

test('Une session fermée depuis un autre appareil ne sert plus à rien', async ({ browser }) => {
  const [ici, ailleurs] = [await nouvellePage(browser), await nouvellePage(browser)]
  for (const page of [ailleurs, ici]) {
    await page.goto('/sign-in?next=%2Faccount')
    await seConnecter(page, 'director')
    await expect(page).toHaveURL('/account')
  }
  await ici.getByRole('button', { name: 'Fermer toutes les autres sessions' }).click()
  await expect(ici.getByText(/sessions? fermées?\./)).toBeVisible()
  await ailleurs.goto('/account')
  await expect(ailleurs).toHaveURL(/\/sign-in\?next=/)
  await ici.reload()
  await expect(ici).toHaveURL('/account')
  for (const page of [ici, ailleurs]) await page.context().close()
})

test('Session perdue pendant la saisie : rien n’est envoyé, on se reconnecte à côté, on envoie', async ({
  browser,
}) => {
  const [page, ailleurs] = [await nouvellePage(browser), await nouvellePage(browser)]
  for (const one of [page, ailleurs]) {
    await one.goto('/sign-in?next=%2Faccount')
    await seConnecter(one, 'authority')
    await expect(one).toHaveURL('/account')
  }
  await page.getByRole('heading', { name: 'Changer de phrase secrète' }).click()
  await page.locator('[name=present_passphrase]').fill('saisie en cours')
  await page.locator('[name=wanted_passphrase]').fill('une autre phrase assez longue')
  await ailleurs.getByRole('button', { name: 'Fermer toutes les autres sessions' }).click()
  await expect(ailleurs.getByText(/sessions? fermées?\./)).toBeVisible()

  await page.getByRole('button', { name: 'Changer' }).click()
  await expect(page.getByText('Votre session a pris fin.')).toBeVisible()
  await expect(page.locator('[name=present_passphrase]')).toHaveValue('saisie en cours')
  const opened = page.waitForEvent('popup')
  await page.getByRole('link', { name: 'Se connecter dans un nouvel onglet' }).click()
  const onglet = await opened
  await seConnecter(onglet, 'authority')
  await expect(onglet).not.toHaveURL(/sign-in/)
  await page.getByRole('button', { name: 'Changer' }).click()
  await expect(page.getByRole('link', { name: /phrase secrète actuelle/ })).toBeVisible()
  for (const one of [page, ailleurs]) await one.context().close()
})

test('Le direct est refusé à qui n’est pas connecté', async ({ request }) => {
  expect((await request.get('/api/live')).status()).toBe(401)
  expect((await request.head('/api/live')).status()).toBe(401)
})

for (const [locale, title] of [
  ['fr-FR', 'Connexion'],
  ['en-GB', 'Sign in'],
] as const) {
  test(`Connexion et sessions sans défaut d’accessibilité (${locale})`, async ({ browser }) => {
    const page = await nouvellePage(browser, { locale })
    await page.setViewportSize({ width: 360, height: 740 })
    await page.goto('/sign-in?next=%2Faccount')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
    await flawless(page)
    await seConnecter(page, 'agent')
    await expect(page).toHaveURL('/account')
    await flawless(page)
    await page.context().close()
  })
}
