import type { Page } from '@playwright/test'

/** A device that signs: Chromium's own virtual authenticator, of this page. */
export async function appareil(page: Page) {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
  return {
    signatures: async () => {
      const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId })
      return credentials.map(({ signCount }) => signCount)
    },
    /** Knows its owner no more: the finger is another's. */
    oublieSonPorteur: () => cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false }),
    estPerdu: () => cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId }),
  }
}
