import type { Page } from '@playwright/test'
import { expect, flawless, test } from './fixtures.ts'

for (const locale of ['fr-FR', 'en-GB']) {
  test(`les pages de la cellule sont accessibles et tiennent sur un téléphone (${locale})`, async ({
    as,
  }) => {
    const page = await as('lead', { locale, viewport: { width: 360, height: 740 } })
    for (const path of ['/cell', '/cell/roster', '/cell/handover', '/cell/thresholds']) {
      await page.goto(path)
      await expect(page.locator('h1')).toBeVisible()
      await flawless(page)
    }
  })
}

test('un déclarant ne trouve pas les pages de la cellule', async ({ as }) => {
  const page = await as('reporter')
  for (const path of ['/cell', '/cell/roster', '/cell/handover', '/cell/thresholds']) {
    expect((await page.goto(path))?.status(), path).toBe(404)
  }
})

test('l’état de la cellule change, se lit partout, et la mise en veille est refusée tant qu’un dossier est ouvert', async ({
  as,
}) => {
  const [lead, agent] = [await as('lead'), await as('agent')]
  await agent.goto('/cell')
  await expect(agent.locator('[data-live=live]')).toBeVisible()

  await change(lead, 'Veille renforcée', 'Deux signalements proches')
  await expect(lead.getByText('État changé.')).toBeVisible()
  // live, without a reload
  await expect(agent.getByRole('row', { name: /Veille renforcée.*Deux signalements proches/ })).toBeVisible()
  await expect(agent.getByLabel('Nouvel état')).toHaveCount(0)

  await change(lead, 'Crise', 'Exercice de la marche à suivre')
  await expect(lead.getByRole('radio', { name: /Sortie de crise/ })).toBeVisible()
  await change(lead, 'Sortie de crise', 'Rétablissement annoncé')
  await expect(lead.getByRole('radio', { name: /Mise en veille/ })).toBeVisible()
  await change(lead, 'Mise en veille', 'Tout semble calme')
  await expect(lead.getByText(/Mise en veille impossible/)).toBeVisible()
  // what was typed is still there
  await expect(lead.getByLabel('Pourquoi')).toHaveValue('Tout semble calme')
})

async function change(page: Page, to: string, why: string) {
  await page.goto('/cell')
  await page.getByRole('radio', { name: new RegExp(`^${to}`) }).check()
  await page.getByLabel('Pourquoi').fill(why)
  await page.getByLabel('Qui a été prévenu').fill('Direction, COGIC')
  await page.getByRole('button', { name: 'Changer l’état' }).click()
}

test('la relève se signe à deux, avec ce qui n’était pas écrit', async ({ as }) => {
  const [agent, lead] = [await as('agent'), await as('lead')]
  await agent.goto('/cell/handover')
  await agent.getByRole('button', { name: 'Préparer la relève' }).click()
  await expect(agent.getByText('Relève préparée.')).toBeVisible()
  await agent.getByLabel('Soupçonné, pas encore écrit').fill('Bruit de fond étrange au 17 de la Vienne')
  await agent.getByRole('button', { name: 'Signer en partant' }).click()
  await expect(agent.getByText('Signée par vous')).toBeVisible()

  await lead.goto('/cell/handover')
  await expect(lead.getByText('Bruit de fond étrange au 17 de la Vienne')).toBeVisible()
  await lead.getByRole('button', { name: 'Signer en arrivant' }).click()
  await expect(lead.getByRole('row', { name: /Bruit de fond étrange/ })).toBeVisible()
})

test('personne n’est d’astreinte sans deux moyens vérifiés', async ({ as }) => {
  const page = await as('lead')
  await page.goto('/cell/roster')
  const person = page.locator('li', { hasText: 'ne peut pas être d’astreinte' }).first()
  await expect(person).toBeVisible()
  const name = ((await person.locator('p').first().textContent()) ?? '')
    .replace('ne peut pas être d’astreinte', '')
    .trim()
  await expect(page.locator('select[name=accountId] option:not([disabled])', { hasText: name })).toHaveCount(
    0,
  )
})

test('un administrateur change un seuil, l’horloge ne s’allonge pas', async ({ as }) => {
  const page = await as('admin')
  await page.goto('/cell/thresholds')
  const row = page.locator('tr', { has: page.locator('#value-clockMin') })
  await row.locator('#value-clockMin').fill('45')
  await row.getByRole('button', { name: 'Voir l’effet' }).click()
  await expect(page.getByText(/ne peut pas dépasser 30 minutes/).first()).toBeVisible()

  // before it is saved: what it would have done here, and on the drills
  const asked = page.locator('tr', { has: page.locator('#value-proposeDays') })
  await asked.locator('#value-proposeDays').fill('150')
  await asked.getByRole('button', { name: 'Voir l’effet' }).click()
  const effect = page.locator('#effect')
  await expect(effect).toContainText('aurait posé la question')
  await expect(effect.getByRole('row', { name: /2 juin 2021/ })).toContainText('T+')
  await effect.getByRole('button', { name: 'Changer le seuil' }).click()
  await expect(page.getByText('Seuil changé.')).toBeVisible()
  await expect(page.locator('#value-proposeDays')).toHaveValue('150')
  // put back: other journeys read the original
  await page.locator('#value-proposeDays').fill('55')
  await asked.getByRole('button', { name: 'Voir l’effet' }).click()
  await effect.getByRole('button', { name: 'Changer le seuil' }).click()
  await expect(page.locator('#value-proposeDays')).toHaveValue('55')
})

test('La fiche papier porte un numéro à composer pour chacun de l’astreinte', async ({ as }) => {
  const page = await as('lead')
  await page.goto('/cell/paper')
  const lignes = page.getByRole('table', { name: 'Qui appeler, dans l’ordre' }).locator('tbody tr')
  await expect(lignes.first()).toContainText(/0\d( \d\d){4}/)
  for (const ligne of await lignes.all()) await expect(ligne).toContainText(/0\d( \d\d){4}/)
  await flawless(page)
})
