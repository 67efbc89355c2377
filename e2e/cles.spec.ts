import type { CDPSession, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

/** A device that signs: Chromium's own virtual authenticator. */
async function appareil(page: Page, more: { isUserVerified?: boolean } = {}) {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true, ...more },
    },
  })
  return { cdp, authenticatorId } satisfies { cdp: CDPSession; authenticatorId: string }
}

test('Une clé d’identification s’ajoute à son compte, puis suffit pour entrer', async ({ as }) => {
  const page = await as('agent')
  const { cdp, authenticatorId } = await appareil(page)
  await page.goto('/account')
  await page.getByLabel('Nom de l’appareil').fill('Poste 3')
  await page.getByRole('button', { name: 'Ajouter une clé d’identification' }).click()
  await expect(page.getByText('Poste 3')).toBeVisible()
  const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId })
  expect(credentials).toHaveLength(1)

  await page.context().clearCookies()
  await page.goto('/sign-in?next=%2Faccount')
  await page.getByRole('button', { name: 'Se connecter avec une clé d’identification' }).click()
  await expect(page).toHaveURL('/account')
  await expect(page.getByRole('row', { name: /cette session/ })).toContainText('clé d’identification')

  await page.getByRole('button', { name: 'Retirer la clé Poste 3' }).click()
  await expect(page.getByText('Clé d’identification retirée.')).toBeVisible()
  await expect(page.getByText('Aucune. Avec une clé d’identification')).toBeVisible()
})
