import type { Page } from '@playwright/test'
import type { DemoRole } from '#app/_demo/accounts.ts'
import { expect } from './fixtures.ts'

export const heure = (minutes: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'short' })
    .format(new Date(Date.now() + minutes * 60_000))
    .replace(' ', 'T')

export async function remplirConsigne(
  page: Page,
  todo: string,
  { failing = '115', fin = heure(180) }: { failing?: string; fin?: string } = {},
): Promise<void> {
  const cases = {
    who: 'Réseau Modèle',
    fails: `le ${failing} ne répond pas depuis les mobiles`,
    where: 'dans le Nord',
    until: 'Prochain point à 19 h',
    todo,
  }
  for (const [name, words] of Object.entries(cases)) await page.locator(`[name="slots.${name}"]`).fill(words)
  await page.locator('[name="endsAt@Europe/Paris"]').fill(fin)
  await page.locator('[name=allClear]').fill(`Le ${failing} répond de nouveau.`)
}

export async function essayer(page: Page, reseau: string): Promise<void> {
  await page.getByLabel('Réseau').fill(reseau)
  await page.getByLabel('Aboutis', { exact: true }).fill('3')
  await page.getByLabel('Tentés').fill('3')
  await page.getByRole('button', { name: 'Noter l’essai' }).click()
  await expect(page.getByRole('row').filter({ hasText: reseau })).toContainText('3 sur 3')
}

/** Les acteurs du territoire, repliés tant que le numéro n'en propose aucun. */
export async function demander(page: Page, acteurs: string[]): Promise<void> {
  await page
    .getByText(/autres acteurs du territoire/)
    .first()
    .click()
  for (const nom of acteurs) await page.getByRole('checkbox', { name: nom, exact: true }).check()
  await page.getByRole('checkbox', { name: 'Préfecture du Nord', exact: true }).check()
  await page.getByRole('button', { name: 'Demander l’accord' }).click()
  await expect(page.getByRole('row').filter({ hasText: acteurs[0] ?? '' })).toContainText('En attente')
}

/** Du projet à ce qui n'est plus qu'à mettre en vigueur. Rend « Consigne n° 3 ». */
export async function validerConsigne(
  as: (role: DemoRole) => Promise<Page>,
  salle: Page,
  { failing, todo }: { failing: string; todo: string },
): Promise<string> {
  await salle.goto('/instructions/new')
  await salle.locator('[name=failing]').selectOption(failing)
  await salle.locator('[name=territoryCode]').selectOption('59')
  await remplirConsigne(salle, todo, { failing })
  await salle.getByRole('button', { name: 'Enregistrer le projet' }).click()
  await salle.waitForURL(/\/instructions\/\d+$/)
  const adresse = new URL(salle.url()).pathname
  for (const reseau of ['Mobile Témoin', 'Fixe Modèle']) await essayer(salle, reseau)
  await demander(salle, ['SAMU 59 – Nord'])
  for (const [role, label] of [
    ['reporter', 'D’accord'],
    ['authority', 'Je valide ce texte pour le public'],
  ] as const) {
    const page = await as(role)
    await page.goto(adresse)
    await page.getByLabel(label, { exact: true }).check()
    await page.getByRole('button', { name: 'Répondre' }).click()
    await expect(page.getByText('Accord donné par')).toBeVisible()
  }
  await salle.reload()
  const titre = await salle.getByRole('heading', { level: 1 }).textContent()
  return /Consigne n° \d+/u.exec((titre ?? '').replace(/\u00a0|\u202f/g, ' '))?.[0] ?? ''
}
