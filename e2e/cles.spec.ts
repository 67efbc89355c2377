import type { Page } from '@playwright/test'
import { freePort } from '#db/embedded.ts'
import { appareil } from './appareil.ts'
import { expect, flawless, test } from './fixtures.ts'
import { leurDossier, webBeside } from './seconde-copie.ts'

const CLE = 'Se connecter avec une clé d’identification'

/** A new agent, as the administrator makes one: the passphrase to be read aloud, and the link. */
async function inviter(admin: Page): Promise<{ email: string; passphrase: string; lien: string }> {
  const email = `invitee.${Date.now()}@permanence.example`
  await admin.goto('/admin/accounts/new')
  await admin.getByLabel('Nom', { exact: true }).fill('Noor Invitée')
  await admin.getByLabel('Courriel').fill(email)
  await admin.getByLabel('Rôle').selectOption('agent')
  await admin.getByRole('button', { name: 'Créer le compte' }).click()
  const passphrase = (await admin.locator('output').textContent()) ?? ''
  await admin.goto(`/admin/accounts?q=${email}`)
  await admin.getByRole('link', { name: 'Noor Invitée' }).click()
  await admin.getByRole('button', { name: 'Faire un lien d’invitation' }).click()
  const lien = (await admin.locator('output').textContent()) ?? ''
  return { email, passphrase, lien }
}

test('Invitée, elle enregistre une clé, entre d’un geste, la perd, entre avec un code, et ferme une session volée', async ({
  as,
  page,
  browser,
}) => {
  const { email, passphrase, lien } = await inviter(await as('admin'))
  const cle = await appareil(page)

  // Looking does nothing; following does, once.
  await page.goto(lien)
  await flawless(page)
  await page.getByRole('button', { name: 'Commencer', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Préparez votre connexion')
  await page.getByLabel('Nom de l’appareil').fill('Poste 3')
  await page.getByRole('button', { name: 'Ajouter une clé d’identification' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Poste 3' })).toBeVisible()
  await expect(page.getByText('C’est prêt.')).toBeVisible()
  await flawless(page)
  await page.getByRole('button', { name: 'Faire des codes de secours' }).click()
  await expect(page.locator('output span')).toHaveCount(10)
  const codes = await page.locator('output span').allTextContents()
  await page.getByRole('link', { name: 'Commencer' }).click()
  await expect(page).toHaveURL('/cases')
  await page.goto(lien)
  await expect(page.getByText('Cette invitation a déjà servi')).toBeVisible()

  // One gesture; what was sent is worth nothing a second time.
  await page.context().clearCookies()
  await page.goto('/sign-in?next=%2Faccount')
  await flawless(page)
  const sent = page.waitForRequest((request) => request.url().endsWith('/api/passkey/sign-in'))
  await page.getByRole('button', { name: CLE }).click()
  await expect(page).toHaveURL('/account')
  await expect(page.getByRole('row', { name: /cette session/ })).toContainText('clé d’identification')
  expect((await cle.signatures())[0]).toBeGreaterThan(0)
  const request = await sent
  const replayed = await page.request.post('/api/passkey/sign-in', {
    data: request.postData() ?? '',
    headers: { 'content-type': 'application/json', origin: new URL(page.url()).origin },
  })
  expect(replayed.status()).toBe(422)
  expect((await replayed.json()).message).toContain('a déjà servi')
  await page.goto('/sign-in/again?next=%2Faccount')
  await page.getByRole('button', { name: 'Confirmer avec ma clé d’identification' }).click()
  await expect(page).toHaveURL('/account')

  // A device that did not look who holds it is refused, even where the question was softened on its way.
  await page.context().clearCookies()
  await cle.oublieSonPorteur()
  await page.route('**/api/passkey/options', async (route) => {
    const answer = await route.fetch()
    await route.fulfill({
      response: answer,
      json: { ...(await answer.json()), userVerification: 'discouraged' },
    })
  })
  await page.goto('/sign-in')
  await page.getByRole('button', { name: CLE }).click()
  await expect(page.locator('main [role=alert]')).toContainText('L’appareil n’a pas vérifié que c’était vous')
  await page.unroute('**/api/passkey/options')

  // Lost: the passphrase, then a code from paper, which opens once.
  await cle.estPerdu()
  await page.goto('/sign-in?next=%2Faccount')
  await avecPhrase(page, email, passphrase)
  await expect(page).toHaveURL(/\/sign-in\/code/)
  await page.setViewportSize({ width: 360, height: 740 })
  await flawless(page)
  await page.getByLabel('Code à six chiffres, ou code de secours').fill(codes[0] ?? '')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/account')
  await expect(page.getByText('Il en reste 9.')).toBeVisible()
  await page.setViewportSize({ width: 1280, height: 900 })

  // Somebody else has her session too: she ends it from here, and its live page hears so.
  const vole = await (await browser.newContext({ locale: 'fr-FR' })).newPage()
  await vole.goto('/sign-in?next=%2Fcases')
  await avecPhrase(vole, email, passphrase)
  const champ = vole.getByLabel('Code à six chiffres, ou code de secours')
  await champ.fill(codes[0] ?? '')
  await vole.keyboard.press('Enter')
  await expect(vole.locator('main [role=alert]')).toContainText('a déjà servi')
  await champ.fill(codes[1] ?? '')
  await vole.keyboard.press('Enter')
  await expect(vole).toHaveURL('/cases')
  await expect(vole.locator('[data-live=live]').first()).toBeVisible()
  await page.getByRole('button', { name: 'Fermer toutes les autres sessions' }).click()
  const from = Date.now()
  await expect(vole.locator('[data-live=ended]').first()).toBeVisible()
  test.info().annotations.push({ type: 'live page ended after', description: `${Date.now() - from} ms` })
  await vole.goto('/cases')
  await expect(vole).toHaveURL(/\/sign-in\?next=/)
  await vole.context().close()
})

test('Une clé faite à la première adresse ouvre la seconde, du même domaine, la première éteinte', async ({
  as,
  page,
}) => {
  const dossier = leurDossier()
  const { lien } = await inviter(await as('admin'))
  const cle = await appareil(page)
  const site = async (nom: string) => {
    const port = await freePort()
    const adresse = `http://${nom}.permanence.localhost:${port}`
    const env = { NEXTAUTH_URL: adresse, PASSKEY_ADDRESS: 'permanence.localhost' }
    return { adresse, ...(await webBeside(dossier, port, env)) }
  }
  const premier = await site('un')
  try {
    const { pathname, search } = new URL(lien)
    await page.goto(premier.adresse + pathname + search)
    await page.getByRole('button', { name: 'Commencer', exact: true }).click()
    await page.getByLabel('Nom de l’appareil').fill('Poste 3')
    await page.getByRole('button', { name: 'Ajouter une clé d’identification' }).click()
    await expect(page.getByRole('listitem').filter({ hasText: 'Poste 3' })).toBeVisible()
  } finally {
    await premier.end()
  }
  const second = await site('deux')
  try {
    await page.goto(`${second.adresse}/sign-in?next=%2Faccount`)
    await page.getByRole('button', { name: CLE }).click()
    await expect(page).toHaveURL(`${second.adresse}/account`)
    await expect(page.getByRole('row', { name: /cette session/ })).toContainText('clé d’identification')
    expect((await cle.signatures())[0]).toBeGreaterThan(0)
  } finally {
    await second.end()
  }
})

async function avecPhrase(page: Page, email: string, passphrase: string): Promise<void> {
  await page.locator('main [name=email]').fill(email)
  await page.locator('main [name=passphrase]').fill(passphrase)
  await page.locator('main form button[type=submit]').click()
}
