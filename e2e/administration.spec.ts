import type { Page } from '@playwright/test'
import { chooseOrganisation, expect, flawless, test } from './fixtures.ts'

const PARTS = {
  'les comptes': ['/admin/accounts?q=samu', '/admin/accounts/new', '/admin/accounts/1'],
  'les équipes, les clés, les réglages': ['/admin/teams', '/admin/tokens', '/admin/settings'],
  'l’état du service': ['/operations'],
}
const PAGES = [...Object.values(PARTS).flat(), '/admin/teams/new']

for (const locale of ['fr-FR', 'en-GB'])
  for (const [part, pages] of Object.entries(PARTS))
    test(`${part} : accessibles et lisibles sur un téléphone (${locale})`, async ({ as }) => {
      const page = await as('admin', { locale, viewport: { width: 360, height: 740 } })
      for (const path of pages) {
        await page.goto(path)
        await expect(page.locator('h1')).toBeVisible()
        await flawless(page)
      }
    })

test('seul un administrateur trouve les comptes, les équipes, les clés et les réglages', async ({ as }) => {
  for (const role of ['agent', 'authority'] as const) {
    const page = await as(role)
    for (const path of PAGES.filter((one) => one.startsWith('/admin')))
      expect((await page.request.get(path)).status(), `${role} ${path}`).toBe(404)
  }
})

test('un compte se crée, se connecte, perd ses sessions, puis n’entre plus', async ({ as, browser }) => {
  const admin = await as('admin')
  const [name, email] = [`Lou Passage ${Date.now()}`, `lou.${Date.now()}@permanence.example`]
  await admin.goto('/admin/accounts')
  await admin.getByRole('link', { name: 'Nouveau compte' }).click()
  await admin.getByLabel('Nom', { exact: true }).fill(name)
  await admin.getByLabel('Courriel').fill(email)
  await admin.getByLabel('Rôle').selectOption('reporter')
  await admin.getByRole('button', { name: 'Créer le compte' }).click()
  await expect(
    admin.getByText('Un déclarant parle pour une organisation : choisissez-la.').first(),
  ).toBeVisible()
  await expect(admin.getByLabel('Courriel')).toHaveValue(email)
  await chooseOrganisation(admin, 'SAMU 59 – Nord')
  await admin.getByRole('button', { name: 'Créer le compte' }).click()
  await expect(admin.getByText(`Compte de ${name} créé.`)).toBeVisible()
  const first = await handed(admin)

  const context = await browser.newContext()
  const person = await context.newPage()
  await signIn(person, email, first)
  await expect(person.getByRole('link', { name: 'Mes dossiers' })).toBeVisible()

  await admin.goto(`/admin/accounts?q=${encodeURIComponent(email)}`)
  await admin.getByRole('link', { name }).click()
  await expect(admin.getByRole('heading', { name: 'Sessions ouvertes' })).toBeVisible()
  await admin.getByRole('button', { name: 'Faire une nouvelle phrase secrète' }).click()
  await expect(admin.getByText('Nouvelle phrase secrète faite ; ses sessions sont fermées.')).toBeVisible()
  const second = await handed(admin)
  expect(second).not.toBe(first)
  await expect(admin.getByText('Aucune session ouverte.')).toBeVisible()
  await person.goto('/my')
  await expect(person).toHaveURL(/\/sign-in/)
  await signIn(person, email, second)
  await expect(person.getByRole('link', { name: 'Mes dossiers' })).toBeVisible()

  // shown once: not there any more when the page is read again
  await admin.reload()
  await expect(admin.getByText(second)).toHaveCount(0)
  await admin.getByRole('button', { name: 'Mettre hors service' }).click()
  await expect(admin.getByText('Compte mis hors service, ses sessions sont fermées.')).toBeVisible()
  await person.goto('/my')
  await expect(person).toHaveURL(/\/sign-in/)
  await person.locator('input[name=email]').fill(email)
  await person.locator('input[name=passphrase]').fill(second)
  await person.locator('form:has(input[name=passphrase]) button[type=submit]').click()
  await expect(person.locator('main [role=alert]').first()).toBeVisible()
  await expect(person).toHaveURL(/\/sign-in/)
  await context.close()
})

test('sans JavaScript, un compte se crée depuis son organisation et sa phrase secrète se lit', async ({
  as,
}) => {
  const admin = await as('admin', { javaScriptEnabled: false })
  await admin.goto('/admin/organisations?q=samu+59')
  await admin.getByRole('link', { name: 'SAMU 59 – Nord' }).click()
  await admin.getByRole('link', { name: 'Nouveau compte' }).click()
  await expect(admin.getByLabel('Rôle')).toHaveValue('reporter')
  const email = `sans.script.${Date.now()}@permanence.example`
  await admin.getByLabel('Nom', { exact: true }).fill('Sacha Sansscript')
  await admin.getByLabel('Courriel').fill(email)
  await admin.getByRole('button', { name: 'Créer le compte' }).click()
  expect(await handed(admin)).toMatch(/^[a-z]+(-[a-z]+){4}$/)
  await admin.goto(`/admin/accounts?q=${email}`)
  await expect(admin.getByRole('row', { name: /Sacha Sansscript/ })).toContainText('SAMU 59 – Nord')
})

test('une clé ouvre l’interface des machines, révoquée elle n’ouvre plus rien', async ({ as, request }) => {
  const admin = await as('admin')
  const name = `Supervision ${Date.now()}`
  await admin.goto('/admin/tokens')
  await admin.getByRole('combobox', { name: 'Compte' }).pressSequentially('samu 59')
  await admin
    .getByRole('option', { name: /^SAMU 59/ })
    .first()
    .click()
  await admin.getByLabel('Nom de la clé').fill(name)
  await admin.getByRole('button', { name: 'Faire la clé', exact: true }).click()
  await expect(admin.getByText(`Clé « ${name} » faite.`)).toBeVisible()
  const token = await handed(admin)
  expect(token).toMatch(/^perm_/)
  const ask = () =>
    request.get('/tmf-api/troubleTicket/v4/troubleTicket', { headers: { authorization: `Bearer ${token}` } })
  expect((await ask()).status()).toBeLessThan(300)

  await admin.getByRole('button', { name: `Révoquer la clé ${name}` }).click()
  await expect(admin.getByRole('row', { name: new RegExp(name) })).toContainText('Révoquée')
  // believed for five seconds at most
  await expect.poll(async () => (await ask()).status()).toBe(401)
})

test('une équipe se crée avec ses membres, se change, et sert à une règle', async ({ as }) => {
  const admin = await as('admin')
  const name = `Accueil de nuit ${Date.now()}`
  await admin.goto('/admin/teams/new')
  await admin.getByLabel('Nom de l’équipe').fill(name)
  const someone = admin.getByRole('group', { name: 'Membres' }).getByRole('checkbox').first()
  await someone.check()
  await admin.getByRole('button', { name: 'Créer' }).click()
  await expect(admin.getByText('Équipe créée.')).toBeVisible()
  const row = admin.getByRole('row', { name: new RegExp(name) })
  await expect(row).not.toContainText('personne')
  await row.getByRole('link', { name }).click()
  await expect(someone).toBeChecked()
  await someone.uncheck()
  await admin.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(admin.getByText('Enregistré.')).toBeVisible()
  await admin.goto('/admin/teams')
  await expect(row).toContainText('personne')
  await admin.goto('/admin/routing/new')
  await expect(admin.getByLabel('Équipe qui prend').locator('option', { hasText: name })).toHaveCount(1)
})

test('le numéro de la permanence change partout, avec son pourquoi', async ({ as }) => {
  const admin = await as('admin')
  await admin.goto('/admin/settings')
  const phone = admin.getByLabel('Téléphone de la permanence')
  const [before, after] = ['01 99 00 00 15', `01 99 00 ${String(Date.now()).slice(-4).replace(/..$/, ' $&')}`]
  await setPhone(admin, after, '')
  await expect(admin.getByText('Réponse obligatoire.').first()).toBeVisible()
  await expect(phone).toHaveValue(after)
  await setPhone(admin, after, 'Nouvelle ligne de l’essai')
  await expect(admin.getByText('Réglages enregistrés.')).toBeVisible()
  await expect(admin.getByRole('row', { name: /Nouvelle ligne de l’essai/ }).first()).toContainText(after)
  const reporter = await as('reporter')
  await reporter.goto('/my')
  await expect(reporter.getByRole('link', { name: `Appeler le ${after}` }).first()).toBeVisible()
  await setPhone(admin, before, 'Retour après l’essai')
  await expect(admin.getByRole('row', { name: /Retour après l’essai/ }).first()).toContainText(before)
})

test('l’état du service : le détail pour la cellule, une phrase pour les autres, connectés ou non', async ({
  as,
  page,
}) => {
  const agent = await as('agent')
  await agent.goto('/operations')
  await expect(agent.getByText('Processus de fond').first()).toBeVisible()
  await expect(agent.getByText(/dernier signe il y a \d+\s?s/)).toBeVisible()
  await expect(agent.getByText(/PostgreSQL \d+/)).toBeVisible()
  for (const other of [page, await as('reporter')]) {
    await other.goto('/operations')
    await expect(other.getByText('Permanence fonctionne.')).toBeVisible()
    await expect(other.locator('main')).not.toContainText('PostgreSQL')
  }
})

async function setPhone(page: Page, number: string, why: string) {
  await page.getByLabel('Téléphone de la permanence').fill(number)
  await page.getByLabel('Pourquoi ce changement').fill(why)
  // what the browser itself refuses would never reach the door
  await page.locator('form:has(#reason)').evaluate((form: HTMLFormElement) => {
    form.noValidate = true
  })
  await page.getByRole('button', { name: 'Enregistrer' }).click()
}

async function handed(page: Page): Promise<string> {
  const box = page.locator('output').first()
  await expect(box).toBeVisible()
  return (await box.textContent()) ?? ''
}

async function signIn(page: Page, email: string, passphrase: string) {
  await page.goto('/sign-in')
  await page.locator('input[name=email]').fill(email)
  await page.locator('input[name=passphrase]').fill(passphrase)
  await page.locator('form:has(input[name=passphrase]) button[type=submit]').click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
}
