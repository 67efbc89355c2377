import type { Page } from '@playwright/test'
import { OWN_NUMBERS } from '#app/drills/rules/invented-abroad.fixture.ts'
import { TWO_WAVES } from '#app/drills/rules/invented-at-home.fixture.ts'
import { expect, flawless, test } from './fixtures.ts'

const MARQUE = 'EXERCICE EXERCICE EXERCICE'
const TELEPHONE = { width: 360, height: 740 }

/** Whatever an earlier journey left is stopped first: one exercise at a time. */
async function commencer(
  page: Page,
  titre: RegExp,
  { equipage = 'Sans équipage', vitesse = '60', appelle = false } = {},
) {
  await page.goto('/drills')
  const arreter = page.locator('main').getByRole('button', { name: 'Arrêter l’exercice' })
  if (await arreter.count()) {
    await arreter.click()
    await expect(page).toHaveURL(/\/drills\/\d+$/)
    await page.goto('/drills')
  }
  await page.getByRole('radio', { name: titre }).check()
  await page.getByRole('radio', { name: equipage }).check()
  await page.getByLabel('Vitesse').selectOption(vitesse)
  const appeler = page.getByRole('checkbox', { name: 'Appeler et écrire réellement' })
  await expect(appeler).not.toBeChecked()
  if (appelle) await appeler.check()
  await page.getByRole('button', { name: 'Commencer' }).click()
  await expect(page).toHaveURL(/\/drills\/\d+$/)
}

async function entrer(page: Page) {
  await page.locator('main').getByRole('button', { name: 'Entrer dans l’exercice' }).click()
  await expect(page).toHaveURL(/\/cases$/)
}

test('Un fichier qui n’est pas un exercice est refusé mot à mot, et rien ne commence', async ({ as }) => {
  const page = await as('lead')
  await page.goto('/drills')
  const joues = await page.locator('main tbody tr').count()
  const donner = (texte: string) =>
    page.getByLabel('Ou un fichier à vous').setInputFiles({
      name: 'essai.json',
      mimeType: 'application/json',
      buffer: Buffer.from(texte),
    })
  await donner('ceci n’est pas du JSON')
  await page.getByRole('button', { name: 'Commencer' }).click()
  await expect(page.locator('#file-error')).toContainText('Ce fichier n’est pas du JSON')

  await donner(JSON.stringify({ schema: 'hotline-drill/1', events: [{ type: 'report', seq: 1 }] }))
  await page.getByRole('button', { name: 'Commencer' }).click()
  await expect(page.locator('#file-error')).toContainText('erreurs. Rien n’a été commencé.')
  await expect(page.getByText('drill_id manque')).toBeVisible()
  await expect(page.getByText('événement n° 1, « symptom » manque')).toBeVisible()
  await page.reload()
  await expect(page.locator('main tbody tr')).toHaveCount(joues)
})

test('L’exercice est un monde à part : filigrane, numéros propres, file propre, arrêt immédiat', async ({
  as,
}) => {
  const [salle, agent] = [await as('lead'), await as('agent')]
  await agent.goto('/cases')
  const reels = await agent.getByRole('rowheader').first().textContent()
  await commencer(salle, /2 juin 2021/)
  await expect(salle.locator('main').getByText(MARQUE)).toHaveCount(2)
  await expect(salle.getByText(/1 signalement reçu sur 56/)).toBeVisible({ timeout: 30_000 })

  await entrer(salle)
  await expect(salle).toHaveTitle(/EXERCICE · /)
  await expect(salle.getByText(MARQUE)).toHaveCount(2)
  await expect(salle.getByRole('rowheader').first()).toContainText('EX-2021-')
  await expect(salle.locator('main')).not.toContainText('2026-')
  for (const path of ['/incidents', '/cell', '/inbox', '/cell/handover']) {
    await salle.goto(path)
    await expect(salle, path).toHaveTitle(/EXERCICE · /)
    await expect(salle.getByText(MARQUE).first(), path).toBeVisible()
    await expect(salle.getByText(MARQUE).last(), path).toBeVisible()
  }
  await salle.goto('/cases')
  await salle.getByRole('rowheader').first().getByRole('link').click()
  await salle.getByRole('button', { name: 'Prendre en compte' }).first().click()
  await expect(salle.locator('main')).toContainText('Pris en compte')

  // who did not enter sees the real world, as before
  await agent.goto('/cases')
  await expect(agent.getByText(MARQUE)).toHaveCount(0)
  await expect(agent.locator('main')).not.toContainText('EX-2021-')
  expect(await agent.getByRole('rowheader').first().textContent()).toBe(reels)

  await salle.getByRole('button', { name: 'Arrêter l’exercice' }).click()
  await expect(salle.getByText(/a été arrêté. Vous êtes revenu dans le réel/)).toBeVisible()
  await expect(salle).not.toHaveTitle(/EXERCICE/)
  await salle.getByRole('button', { name: 'J’ai compris' }).click()
  await expect(salle.locator('[data-exercise]')).toHaveCount(0)
})

test('Un signalement réel écarte l’exercice sur tous les écrans, sans qu’on recharge', async ({ as }) => {
  const [salle, agent, samu] = [await as('lead'), await as('agent'), await as('reporter')]
  await commencer(salle, /journée ordinaire/, { vitesse: '1', appelle: true })
  await expect(salle.locator('main')).toContainText(
    'Cet exercice appelle et écrit réellement aux personnes de la cellule',
  )
  await entrer(salle)
  await expect(salle.locator('[data-exercise=running]')).toContainText(
    'appels et messages réels vers la cellule',
  )
  await agent.goto('/drills')
  await entrer(agent)
  await salle.goto('/incidents')
  for (const page of [salle, agent]) await expect(page.locator('[data-live=live]')).toBeVisible()

  await samu.goto('/cases/new')
  await samu.getByRole('checkbox', { name: '18' }).check()
  await samu.getByRole('radio', { name: /Silence, l’appel ne part pas/ }).check()
  await samu.getByRole('radio', { name: 'Il y a 15 min' }).check()
  await samu.getByRole('button', { name: 'Envoyer maintenant, compléter ensuite' }).click()
  await expect(samu).toHaveURL(/\/my\/\d{4}-/)
  const numero = new URL(samu.url()).pathname.split('/').at(-1) ?? ''

  for (const page of [salle, agent]) {
    const alerte = page.getByRole('alert').filter({ hasText: 'SIGNALEMENT RÉEL' })
    await expect(alerte).toContainText(numero, { timeout: 15_000 })
    await expect(alerte).toContainText('est mis de côté. Vous êtes revenu dans le réel.')
    await expect(page.getByText(MARQUE)).toHaveCount(0)
  }
  await agent.getByRole('link', { name: numero }).first().click()
  await expect(agent.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(agent).toHaveURL(new RegExp(`/cases/${numero}`))

  await salle.getByRole('button', { name: 'Reprendre l’exercice' }).click()
  await expect(salle.locator('[data-exercise=running]')).toBeVisible()
  await expect(salle.locator('[data-real-report]')).toHaveCount(0)
  await expect(salle.getByText(MARQUE).first()).toBeVisible()
  // Whoever works the real case stays at it, and enters again when he wishes.
  const cadre = agent.locator('[data-exercise=running]')
  await expect(cadre).toContainText('est en cours. Vous êtes revenu dans le réel.')
  await agent.reload()
  await expect(agent.locator('main')).toContainText(numero)
  await expect(agent.getByText(MARQUE)).toHaveCount(0)
  await cadre.getByRole('button', { name: 'Entrer dans l’exercice' }).click()
  await expect(agent.getByText(MARQUE)).toHaveCount(2)
  await salle.getByRole('region', { name: 'Exercice' }).getByRole('button', { name: 'Arrêter' }).click()
  await expect(salle.locator('[data-exercise=stopped]')).toBeVisible()
})

test('Un exercice d’un autre pays, donné en fichier, au plus vite : ses numéros, et ce qui est proposé', async ({
  as,
}) => {
  const page = await as('lead')
  await page.goto('/drills')
  await page.getByLabel('Ou un fichier à vous').setInputFiles({
    name: 'own-numbers.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(OWN_NUMBERS)),
  })
  await page.getByLabel('Vitesse').selectOption('0')
  await page.getByRole('button', { name: 'Commencer' }).click()
  await expect(page).toHaveURL(/\/drills\/\d+$/)
  await expect(page.locator('main').getByText('Terminé', { exact: true })).toBeVisible({ timeout: 45_000 })
  await expect(page.getByText('4 signalements reçus sur 4')).toBeVisible()
  const resultats = page.getByRole('region', { name: 'Résultats' })
  // as the rules alone say of the same file, whatever the directory of this desk
  await expect(resultats.getByText('T+16 min')).toBeVisible()
  await expect(resultats.getByText('T+30 min')).toBeVisible()
  await expect(page.getByRole('row', { name: /INC-EX-2024-.*110, 113/ })).toBeVisible()
  await page.getByRole('link', { name: /^INC-EX-2024-/ }).click()
  await expect(page.locator('main').getByText(MARQUE)).toHaveCount(2)
})

test('Une vague sur l’incident du matin, puis une seconde : un incident la tient toute, son horloge est la sienne', async ({
  as,
}) => {
  // eight hours through the commands
  test.setTimeout(300_000)
  const page = await as('lead')
  await page.goto('/drills')
  await page.getByLabel('Ou un fichier à vous').setInputFiles({
    name: 'two-waves.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(TWO_WAVES)),
  })
  await page.getByLabel('Vitesse').selectOption('0')
  await page.getByRole('button', { name: 'Commencer' }).click()
  await expect(page).toHaveURL(/\/drills\/\d+$/)
  await expect(page.locator('main').getByText('Terminé', { exact: true })).toBeVisible({ timeout: 240_000 })
  const incidents = page.getByRole('table', { name: 'Incidents' })
  const huit = '59, 62, 80, 75, 69, 13, 31, 33'
  await expect(incidents.getByRole('row', { name: huit })).toHaveCount(2)
  await expect(incidents.getByRole('row', { name: /15\s+59$/ })).toHaveCount(1)
  // twenty-five minutes after its own first report, not after the morning's
  await expect(page.getByRole('region', { name: 'Résultats' }).getByText('T+85 min')).toBeVisible()
  const proposees = page
    .getByRole('table', { name: 'Propositions des règles' })
    .getByRole('row', { name: /crise/ })
  await expect(proposees).toHaveCount(2)
  await expect(proposees.last().getByRole('rowheader')).toHaveText(/T\+44\d min/)
})

for (const [locale, fichier] of [
  ['fr-FR', 'Comparaison avec la réalité'],
  ['en-GB', 'Compared with what happened'],
] as const) {
  test(`Les pages des exercices, sans défaut et à 360 points (${locale})`, async ({ as }) => {
    const page = await as('lead', { locale, viewport: TELEPHONE })
    await page.goto('/drills')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await flawless(page)
    await page.locator('main tbody a').first().click()
    await expect(page.getByRole('heading', { name: fichier })).toBeVisible()
    await flawless(page)
  })
}
