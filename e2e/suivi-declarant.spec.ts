import type { Page } from '@playwright/test'
import { checkDigit } from '#app/cases/rules/reference-number.ts'
import { expect, test } from './fixtures.ts'

async function signaler(page: Page): Promise<string> {
  await page.goto('/cases/new')
  await page.getByRole('checkbox', { name: '15 SAMU' }).check()
  await page.locator('input[name=symptom][value=NO_RING]').check()
  await page.getByRole('button', { name: 'Envoyer le signalement' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Votre signalement est enregistré')
  return new URL(page.url()).pathname.split('/').at(-1) ?? ''
}

test('Répondre, ajouter des essais, dire ce que voit le voisin, confirmer, puis « toujours en panne »', async ({
  as,
}) => {
  const page = await as('reporter')
  const numero = await signaler(page)
  await page.goto(`/my/${numero}`)
  await expect(page.getByText('Reçu, à prendre en compte')).toBeVisible()
  // what cannot be done now is not listed
  await expect(page.getByRole('main')).not.toContainText('Ça ne marche toujours pas')

  const repondre = page.locator('#answer')
  await repondre.getByText('Répondre à la cellule').click()
  await repondre.getByLabel('Votre message').fill('Le standard du CHU voit la même chose')
  await repondre.getByRole('button', { name: 'Envoyer' }).click()
  await expect(page.getByText('Votre réponse est transmise à la cellule.')).toBeVisible()
  await expect(page.getByRole('article').getByText('Le standard du CHU voit la même chose')).toBeVisible()

  const essais = page.locator('#record_tests')
  await essais.getByText('Ajouter des essais').click()
  await essais.getByLabel('Passés').fill('2')
  await essais.getByLabel('Essayés').fill('6')
  await essais.getByRole('button', { name: 'Envoyer' }).click()
  await expect(page.getByText('Vos essais sont ajoutés au dossier.')).toBeVisible()
  await expect(page.getByRole('table').getByText('2 sur 6')).toBeVisible()

  const voisin = page.locator('#observe_neighbour')
  await voisin.getByText('Dire ce que voit le voisin').click()
  await voisin.getByRole('radio', { name: 'Oui' }).check()
  await voisin.getByLabel('Qui, et ce qu’il voit').fill('Le SAMU 62 perd aussi des appels')
  await voisin.getByRole('button', { name: 'Envoyer' }).click()
  await expect(page.getByText('L’observation du voisin est ajoutée au dossier.')).toBeVisible()

  const confirmer = page.locator('#confirm')
  await confirmer.getByText('Confirmer le rétablissement').first().click()
  await confirmer.getByLabel('Passés').fill('8')
  await confirmer.getByLabel('Essayés').fill('10')
  await confirmer.getByRole('button', { name: 'Je confirme le rétablissement' }).click()
  await expect(confirmer.getByText('Des essais échouent encore')).toBeVisible()
  await confirmer.getByLabel('Passés').fill('10')
  await confirmer.getByRole('button', { name: 'Je confirme le rétablissement' }).click()
  await expect(page.getByText('Rétablissement confirmé').first()).toBeVisible()

  const panne = page.locator('#still_failing')
  await panne.getByText('Ça ne marche toujours pas').first().click()
  await panne.getByLabel('Ce qui ne marche pas').fill('De nouveau un appel sur deux')
  await panne.getByRole('button', { name: 'Dire que ça ne marche pas' }).click()
  await expect(page.getByText('Vérification en cours')).toBeVisible()
})

test('Sans JavaScript, une réponse part aussi', async ({ as }) => {
  const page = await as('reporter', { javaScriptEnabled: false, viewport: { width: 360, height: 740 } })
  const numero = await signaler(page)
  await page.goto(`/my/${numero}`)
  const repondre = page.locator('#answer')
  await repondre.getByText('Répondre à la cellule').click()
  await repondre.getByLabel('Votre message').fill('Réponse sans script')
  await repondre.getByRole('button', { name: 'Envoyer' }).click()
  await expect(page.getByRole('article').getByText('Réponse sans script')).toBeVisible()
})

test('L’autorité lit les dossiers de son territoire, filtre, et n’agit pas sur ceux des autres', async ({
  as,
}) => {
  const samu = await as('reporter')
  const numero = await signaler(samu)
  const page = await as('authority')
  await page.goto('/my')
  await expect(page.getByRole('link', { name: numero })).toBeVisible()
  await expect(page.locator('[data-live=live]')).toBeVisible()
  const relue = page.waitForResponse((reponse) => reponse.url().endsWith('/api/my'))
  const suivant = await signaler(samu)
  await expect(page.getByRole('link', { name: suivant })).toBeVisible()
  // the rows alone were read again, not the page
  expect((await relue).status()).toBe(200)
  await page.getByLabel('Numéro', { exact: true }).selectOption('17')
  await page.getByRole('button', { name: 'Filtrer' }).click()
  await expect(page.getByRole('link', { name: numero })).toHaveCount(0)
  await page.goto(`/my/${numero}`)
  await expect(page.getByText('Vous lisez ce dossier au titre de votre territoire.')).toBeVisible()
  // what it may add is an observation, nothing that is the reporter's
  await expect(page.getByRole('main').locator('details summary')).toHaveText([/observation/])
})

test('Un numéro mal lu n’est pas un numéro ; un numéro juste mais absent est introuvable', async ({ as }) => {
  const page = await as('reporter')
  const numero = await signaler(page)
  const chercher = async (texte: string) => {
    await page.goto('/my')
    await page.getByLabel('Ouvrir un dossier par son numéro').fill(texte)
    await page.getByRole('button', { name: 'Ouvrir' }).click()
  }
  const juste = Number(numero.at(-1))
  await chercher(`${numero.slice(0, -1)}${(juste + 1) % 10}`)
  await expect(page.getByText('Ce n’est pas un numéro de dossier valide')).toBeVisible()
  await chercher(`2026-999999-${checkDigit('2026999999')}`)
  await expect(page.getByText('Aucun dossier de ce numéro')).toBeVisible()
  await chercher(numero.replaceAll('-', ' '))
  await expect(page).toHaveURL(`/my/${numero}`)
})
