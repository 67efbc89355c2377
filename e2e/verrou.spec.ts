import postgres from 'postgres'
import { databaseEnvironment, readConfig } from '#db/config.ts'
import { expect, test } from './fixtures.ts'

test.skip(!process.env.E2E_DATA_DIR, 'the journey holds a lock in the database of the service it asks')

const TITLE = 'Le service ne peut pas répondre pour l’instant'
const WORDS = 'plus rien ne sonne depuis ce matin'

/** While `work` runs nobody reads or writes a case. */
async function whileLocked(work: () => Promise<void>): Promise<void> {
  const config = readConfig({ PERMANENCE_DATA_DIR: process.env.E2E_DATA_DIR })
  const owner = postgres(databaseEnvironment(config).PERMANENCE_OWNER_URL, { max: 1, onnotice: () => {} })
  try {
    await owner.begin(async (sql) => {
      await sql`lock table cases in access exclusive mode`
      await work()
    })
  } finally {
    await owner.end({ timeout: 5 })
  }
}

test('Table verrouillée : chaque porte répond en clair, la saisie reste, le même envoi passe ensuite', async ({
  as,
}) => {
  const [scripted, plain] = [await as('reporter'), await as('reporter', { javaScriptEnabled: false })]
  for (const page of [scripted, plain]) {
    await page.goto('/cases/new')
    await page.getByRole('checkbox', { name: '15 SAMU' }).check()
    await page.getByRole('radio', { name: /Silence, l’appel ne part pas/ }).check()
    await page.getByRole('radio', { name: 'Il y a 15 min' }).check()
    await page.getByLabel('Avec vos mots').fill(WORDS)
  }
  const send = 'Envoyer maintenant, compléter ensuite'

  await whileLocked(async () => {
    await scripted.getByRole('button', { name: send }).click()
    await expect(
      scripted.getByRole('alert').filter({ hasText: 'votre saisie reste ici' }).first(),
    ).toBeVisible()
    await expect(scripted.getByLabel('Avec vos mots')).toHaveValue(WORDS)

    await plain.getByRole('button', { name: send }).click()
    await expect(plain.getByRole('heading', { level: 1 })).toHaveText(TITLE)
    await expect(plain.getByText(WORDS)).toBeVisible()
    await expect(plain.locator('a[href^="tel:"]')).toBeVisible()

    const asked = [
      plain.request.get('/my', { headers: { accept: 'text/html' } }),
      plain.request.get('/my', { headers: { accept: 'text/html', 'accept-language': 'en' } }),
    ]
    for (const answer of await Promise.all(asked)) {
      expect(answer.status()).toBe(503)
      expect(answer.headers()['retry-after']).toBe('5')
      expect(await answer.text()).toContain('href="tel:')
    }
  })

  // The page with scripts sends again by itself, perhaps as the lock is let go: there may be nothing left to press.
  await plain.getByRole('button', { name: 'Envoyer de nouveau' }).click()
  for (const page of [plain, scripted]) {
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Votre signalement est enregistré', {
      timeout: 90_000,
    })
    await expect(page.locator('main')).toContainText(WORDS)
  }
  expect(new URL(scripted.url()).pathname).not.toBe(new URL(plain.url()).pathname)
})
