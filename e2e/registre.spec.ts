import { readFileSync } from 'node:fs'
import { type Browser, expect as check, type Page } from '@playwright/test'
import { expect, flawless, signIn, test } from './fixtures.ts'
import { secondCopy } from './seconde-copie.ts'

const SIDE = { width: 360, height: 740 }

test('deux copies s’échangent un enregistrement signé ; un faux est refusé, l’anonymat aussi sous trois opérateurs', async ({
  as,
  browser,
  baseURL,
}) => {
  // It starts while we write.
  const starting = secondCopy()
  starting.catch(() => {})
  try {
    const ours = await as('lead')

    // From our own after-action file in one press; read by a person, then published.
    await ours.goto('/reviews')
    await ours.locator('tbody th a').first().click()
    await saves(ours)
    await ours.getByRole('button', { name: 'En faire un enregistrement du registre' }).click()
    await expect(ours.getByText('Brouillon de la version 1')).toBeVisible()
    const record = decodeURIComponent(new URL(ours.url()).pathname.split('/').at(-1) ?? '')
    await flawless(ours)
    await ours.getByLabel('Ce qu’on a appris').fill('Rappeler chaque centre avant de clore')
    await ours.getByLabel('Fin', { exact: true }).fill('2020-01-01T00:00:00Z')
    await ours.getByLabel('Précision de la fin').selectOption('minute')
    await ours.getByRole('button', { name: 'Enregistrer le brouillon' }).click()
    await expect(ours.getByText('La fin précède le début.').first()).toBeVisible()
    await expect(ours.getByLabel('Ce qu’on a appris')).toHaveValue('Rappeler chaque centre avant de clore')
    await ours.getByLabel('Fin', { exact: true }).fill('')
    await ours.getByLabel('Précision de la fin').selectOption('unknown')
    await ours.getByLabel('Durée (minutes)').fill('')
    await ours.getByLabel('Étiquette TLP 2.0').selectOption('TLP:GREEN')
    await ours.getByRole('button', { name: 'Enregistrer le brouillon' }).click()
    await expect(ours.getByText('Brouillon enregistré.')).toBeVisible()
    await ours.getByRole('button', { name: 'J’ai relu : publier cette version' }).click()
    await expect(ours.getByRole('heading', { name: 'Partager' })).toBeVisible()
    await expect(ours.getByText('Voici ce qui sort, sous TLP:GREEN')).toBeVisible()
    const signed = await (await ours.request.get(`/register/export?format=signed&record=${record}`)).text()

    await ours.getByLabel('l’opérateur, derrière son rôle').check()
    await ours.getByRole('button', { name: 'Voir ce qui sortirait' }).click()
    await expect(ours.getByText(/Opérateur non caché/)).toBeVisible()
    const hidden = await ours.request.get(`/register/export?format=signed&record=${record}&operator=1`)
    expect(hidden.status()).toBe(409)
    await flawless(ours)

    // Each knows the other's key; ours gives a key to pull with.
    const other = await starting
    const theirs = await elsewhere(browser, other.base)
    const [ourKey, theirKey] = [await ownKey(ours), await ownKey(theirs)]
    await neighbour(ours, 'Copie voisine', theirKey)
    await ours.getByRole('button', { name: 'Lui donner une clé de tirage' }).click()
    const said = await ours.getByText('Clé de tirage, montrée cette seule fois').textContent()
    const pullKey = /: ?\s*([\w-]{32})/.exec(said ?? '')?.[1]
    await theirs.getByLabel('Ou collez les lignes').fill(signed)
    await theirs.getByRole('button', { name: 'Lire le fichier' }).click()
    await expect(theirs.getByText(/Signature d’un inconnu/)).toBeVisible()
    await theirs.goto(`${other.base}/register/exchange`)
    await neighbour(theirs, 'Notre copie', ourKey, `${baseURL}/api/register/${pullKey}`)

    const forged = { ...JSON.parse(signed), tlp: 'TLP:CLEAR' }
    await theirs.goto(`${other.base}/register/exchange`)
    await theirs.getByLabel('Ou collez les lignes').fill(JSON.stringify(forged))
    await theirs.getByRole('button', { name: 'Lire le fichier' }).click()
    await expect(theirs.getByText(/La signature de .* ne tient pas/)).toBeVisible()
    await expect(theirs.getByRole('button', { name: /^Recevoir/ })).toHaveCount(0)
    await flawless(theirs)

    await theirs.goto(`${other.base}/register/exchange`)
    await theirs.getByRole('button', { name: 'Tirer maintenant' }).click()
    await expect(theirs.getByRole('row').filter({ hasText: record }).getByText('nouveau')).toBeVisible()
    await theirs.getByRole('button', { name: /^Recevoir/ }).click()
    await expect(theirs.getByText('Un enregistrement reçu.')).toBeVisible()
    await theirs.goto(`${other.base}/register/${record}`)
    await expect(theirs.getByText('Rappeler chaque centre avant de clore')).toBeVisible()
    await expect(theirs.getByText(/signé par/)).toBeVisible()
    await theirs.context().close()
  } finally {
    await (await starting).stop()
  }
})

test('les questions du registre se lisent par leurs tableaux ; cinq pays se comparent et s’impriment ; une leçon va jusqu’à sa preuve', async ({
  as,
}) => {
  const lead = await as('lead')
  await lead.goto('/register')
  await expect(
    lead
      .getByText('58 pertes sur')
      .or(lead.getByText(/pertes sur/))
      .first(),
  ).toBeVisible()
  await flawless(lead)
  for (const format of ['jsonl', 'csv', 'stix', 'ciras', 'fcc'])
    expect((await lead.request.get(`/register/export?format=${format}`)).status()).toBe(200)
  expect((await (await lead.request.get('/register/schema')).json()).title).toBe('Loss of access to help')

  await lead.goto('/register/answers')
  const pictures = lead.getByRole('img')
  expect(await pictures.count()).toBe(7)
  // Beneath each picture a table of its own, which says the same.
  expect(await lead.getByRole('table').count()).toBe(7)
  await expect(lead.getByText(/Tirées au hasard/).first()).toBeVisible()
  await flawless(lead)
  await lead.goto('/register/answers?country=NL')
  await expect(lead.getByText(/Des cas, pas une part|Rien ne peut être conclu/).first()).toBeVisible()

  await lead.goto('/comparisons')
  for (const country of ['France', 'Allemagne', 'Royaume-Uni', 'Belgique', 'États-Unis'])
    await expect(lead.getByRole('columnheader', { name: new RegExp(country) }).first()).toBeVisible()
  await flawless(lead)
  const paper = await lead.pdf({ format: 'A4', landscape: true })
  expect(paper.subarray(0, 5).toString()).toBe('%PDF-')
  await saves(lead)
  await lead.getByLabel('Ajouter ce que nos règles auraient fait').check()
  await lead.getByRole('button', { name: 'Comparer' }).click()
  await expect(
    lead.getByRole('columnheader', { name: /Reconstitution, avec nos règles : France/ }),
  ).toBeVisible()
  await lead.getByLabel(/Australie/).check()
  await lead.getByRole('button', { name: 'Comparer' }).click()
  await expect(lead.getByText('Quatre autres au plus')).toBeVisible()
  await expect(lead.getByLabel(/Australie/)).toBeChecked()

  await lead.goto('/lessons')
  const what = `Une ligne dédiée ${Date.now()}`
  await lead.getByText('Ajouter une leçon').click()
  await lead.locator('#lesson-new-what').fill(what)
  await lead.locator('#lesson-new-owner').fill('Dominique Modèle')
  await lead.locator('#lesson-new-due').fill('2026-01-31')
  await lead.locator('#lesson-new-drill').selectOption('uk-2023-06-25-bt-999')
  await lead.getByRole('button', { name: 'Enregistrer la leçon' }).last().click()
  const row = lead.getByRole('row').filter({ hasText: what })
  await expect(row.getByText('en retard')).toBeVisible()
  await expect(row.getByRole('button', { name: 'Rejouer cet exercice' })).toBeVisible()
  await row.locator('summary').filter({ hasText: 'Prouver' }).click()
  await row.getByRole('button', { name: 'Prouver' }).click()
  await expect(row.getByText('Dites ce qui la prouve').first()).toBeVisible()
  await row.getByLabel('Preuve').fill('Numéro ouvert le 12 janvier, essai écrit')
  await row.getByRole('button', { name: 'Prouver' }).click()
  await expect(row.getByText('prouvée')).toBeVisible()
  await flawless(lead)
  const director = await as('director', { viewport: SIDE })
  await director.goto('/lessons')
  await director
    .getByRole('row')
    .filter({ hasText: what })
    .getByRole('button', { name: 'Preuve lue : clore' })
    .click()
  await expect(
    director.getByRole('row').filter({ hasText: what }).getByText('close', { exact: true }),
  ).toBeVisible()
  for (const path of ['/lessons', '/comparisons', '/register', '/register/answers', '/register/exchange']) {
    await director.goto(path)
    await expect(director.locator('h1')).toBeVisible()
    await flawless(director)
  }
})

async function elsewhere(browser: Browser, base: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: base })
  const page = await context.newPage()
  await signIn(page, 'lead', `${base}/sign-in`)
  return page
}

async function ownKey(page: Page): Promise<string> {
  await page.goto('/register/exchange')
  const key = (await page.locator('[data-own-key]').textContent())?.trim() ?? ''
  check(key).toMatch(/^[\w-]{43}$/)
  return key
}

async function neighbour(page: Page, name: string, key: string, address = ''): Promise<void> {
  await page.goto('/register/exchange')
  const part = page.locator('details').filter({ hasText: 'Ajouter un voisin' })
  await part.evaluate((element) => element.setAttribute('open', ''))
  await part.getByLabel('Nom', { exact: true }).fill(name)
  await part.getByLabel('Sa clé publique').fill(key)
  if (address) await part.getByLabel('Adresse de tirage').fill(address)
  await part.getByRole('button', { name: 'Enregistrer le voisin' }).click()
  await check(page.locator('tr[data-neighbour]').filter({ hasText: name })).toBeVisible()
}

/** The annex as a file of its own, by the button of its page. */
async function saves(page: Page) {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Enregistrer en PDF' }).click(),
  ])
  expect(file.suggestedFilename()).toMatch(/^[\w-]+\.pdf$/)
  expect(
    readFileSync(await file.path())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')
}
