import type { Page } from '@playwright/test'
import { expect } from './fixtures.ts'

/** The form of an action, opened as its button does it. */
export async function ouvrir(page: Page, numero: string, action: string) {
  await page.goto(`/cases/${numero}?do=${action}`)
  await expect(page.locator('#act')).toBeVisible()
  return page.locator('#act')
}

export const champ = (page: Page, nom: string) =>
  page.locator('#act').getByRole('textbox', { name: nom, exact: true })

/** The button at the end of the form that stands open. */
export const envoyer = (page: Page, nom: string) =>
  page.locator('#act').getByRole('button', { name: nom }).click()

export async function prendreEnCompte(page: Page, numero: string) {
  await page.goto(`/cases/${numero}`)
  await envoyer(page, 'Prendre en compte')
  await expect(etat(page)).toContainText('Pris en compte')
}

export const etat = (page: Page) => page.locator('main header')
