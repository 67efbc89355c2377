import type { Page } from '@playwright/test'
import { demander, essayer, heure, remplirConsigne } from './consigne.ts'
import { expect, flawless, test } from './fixtures.ts'

test.use({ locale: 'fr-FR' })

const ACTEURS = ['SAMU 59 – Nord', 'SDIS 59 – Nord', 'CIC police du Nord (59)']

/** Joint au téléphone, par contre-appel : la réponse porte un nom. */
async function noter(page: Page, organisation: string): Promise<void> {
  const ligne = page.getByRole('row').filter({ hasText: organisation })
  await ligne.locator('summary').click()
  await ligne.getByLabel('Ce qui en est sorti').fill('Jointe, d’accord')
  await ligne.getByLabel('Réponse').selectOption('agreed')
  await ligne.getByLabel('Dit par').fill('Camille Exemple, chef de salle')
  await ligne.getByLabel('contre-appel').check()
  await ligne.getByRole('button', { name: 'Noter un appel' }).click()
  await expect(ligne).toContainText('Camille Exemple')
}

/** Une page devenue vivante ouvre son direct : ce qui y est coché avant peut se perdre quand elle s'éveille. */
async function ouvrir(page: Page, adresse: string): Promise<void> {
  const vivante = page.waitForRequest('**/api/live')
  await page.goto(adresse)
  await vivante
}

test('Une consigne va du projet à la vigueur : essais, trois acteurs dont un refuse, validation, contradiction refusée, fin d’alerte', async ({
  as,
}) => {
  const salle = await as('lead')
  await salle.goto('/instructions')
  await salle.getByRole('link', { name: 'Rédiger une consigne' }).click()
  await salle.locator('[name=failing]').selectOption('115')
  await salle.locator('[name=territoryCode]').selectOption('59')
  await salle.getByLabel('Mobiles').check()

  // Nothing is saved of what the public must not hear, and what was typed stays.
  await remplirConsigne(salle, 'Composez le 115 ou le 1 1 2', { fin: heure(-60) })
  await salle.getByRole('button', { name: 'Enregistrer le projet' }).click()
  await expect(salle.getByText('La fin est déjà passée').first()).toBeVisible()
  await expect(salle.locator('[name="slots.todo"]')).toHaveValue('Composez le 115 ou le 1 1 2')
  await salle.locator('[name="endsAt@Europe/Paris"]').fill(heure(180))
  await salle.getByRole('button', { name: 'Enregistrer le projet' }).click()
  await expect(salle.getByText('Le 115 est en panne là-bas').first()).toBeVisible()
  await salle.locator('[name="slots.todo"]').fill('Contactez le CODIS')
  await salle.getByRole('button', { name: 'Enregistrer le projet' }).click()
  await expect(salle.getByText('« CODIS » est un mot du métier').first()).toBeVisible()
  await flawless(salle)
  await salle.locator('[name="slots.todo"]').fill('Appelez depuis une ligne fixe')
  await expect(salle.getByText(/SMS\s:\s1\spartie/)).toBeVisible()
  await salle.getByRole('button', { name: 'Enregistrer le projet' }).click()
  await salle.waitForURL(/\/instructions\/\d+$/)
  const adresse = new URL(salle.url()).pathname
  await expect(salle.getByText('Il manque des essais réussis')).toBeVisible()
  await essayer(salle, 'Mobile Témoin')
  await essayer(salle, 'Fixe Modèle')

  await demander(salle, ACTEURS)
  await flawless(salle)

  const samu = await as('reporter')
  await samu.goto('/inbox')
  await samu
    .getByRole('link', { name: /votre accord est demandé/ })
    .first()
    .click()
  await expect(samu.getByText('Êtes-vous d’accord avec ce texte ?')).toBeVisible()
  await samu.getByLabel('Pas d’accord').check()
  await samu.getByRole('button', { name: 'Répondre' }).click()
  await expect(samu.getByText('Un refus dit pourquoi.').first()).toBeVisible()
  await samu.getByLabel('Pourquoi').fill('Beaucoup n’ont pas de ligne fixe.')
  await flawless(samu)
  await samu.getByRole('button', { name: 'Répondre' }).click()
  await expect(samu.getByText('Refusé par')).toBeVisible()

  await salle.reload()
  await expect(salle.getByText('Beaucoup n’ont pas de ligne fixe.')).toBeVisible()
  await salle.getByText('Reprendre le texte').click()
  await salle.locator('[name="slots.todo"]').fill('Composez le 112')
  await salle.getByRole('button', { name: 'Enregistrer le projet' }).click()
  await expect(salle.getByText('Texte repris')).toBeVisible()
  await essayer(salle, 'Mobile Témoin')
  await essayer(salle, 'Fixe Modèle')
  await demander(salle, ACTEURS)
  await flawless(salle)
  await noter(salle, 'SDIS 59')
  await noter(salle, 'CIC police')

  await ouvrir(samu, adresse)
  await samu.getByLabel('D’accord', { exact: true }).check()
  await samu.getByRole('button', { name: 'Répondre' }).click()
  await expect(samu.getByText('Accord donné par')).toBeVisible()
  const prefecture = await as('authority')
  await ouvrir(prefecture, adresse)
  await prefecture.getByLabel('Je valide ce texte pour le public').check()
  await prefecture.getByRole('button', { name: 'Répondre' }).click()
  await expect(prefecture.getByText('Accord donné par')).toBeVisible()

  await salle.reload()
  await salle.getByRole('button', { name: 'Mettre en vigueur' }).click()
  await expect(salle.getByText('En vigueur').first()).toBeVisible()
  await flawless(salle)
  await prefecture.goto(adresse)
  await expect(prefecture.getByLabel('Texte à coller')).toHaveValue(/Composez le 112/)
  await flawless(prefecture)
  const relayed = prefecture.waitForEvent('download')
  await prefecture.getByRole('link', { name: 'CAP 1.2, pour le public' }).click()
  expect((await relayed).suggestedFilename()).toMatch(/^consigne-\d+\.cap\.xml$/)

  // Another text for some of the same callers: both are seen, side by side.
  await salle.goto('/instructions/new')
  await salle.locator('[name=failing]').selectOption('115')
  await salle.locator('[name=territoryCode]').selectOption('R32')
  await remplirConsigne(salle, 'Allez à la mairie')
  await salle.getByRole('button', { name: 'Enregistrer le projet' }).click()
  const face = salle.getByRole('region', { name: 'dit autre chose aux mêmes appelants' })
  await expect(face).toContainText('Composez le 112')
  await expect(face).toContainText('Allez à la mairie')
  await flawless(salle)

  await salle.goto(adresse)
  await salle.getByLabel('Pourquoi elle se termine').fill('Rétabli et confirmé')
  await salle.getByRole('button', { name: 'Dire la fin d’alerte' }).click()
  await expect(salle.getByText('Terminée').first()).toBeVisible()
})

test('Instructions in English at the width of a telephone', async ({ as }) => {
  const desk = await as('agent', { locale: 'en-GB', viewport: { width: 360, height: 740 } })
  for (const path of ['/instructions', '/instructions/new']) {
    await desk.goto(path)
    await flawless(desk)
  }
})
