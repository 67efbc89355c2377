import type { Page } from '@playwright/test'

/** What the page asks of this address waits until `viennent()`. */
export async function retenue(page: Page, address: string | RegExp) {
  const [attente, demande] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  await page.route(address, async (route) => {
    demande.resolve()
    await attente.promise
    await route.continue()
  })
  return { demandees: demande.promise, viennent: attente.resolve }
}

/** The page as it comes over a slow line: written in before its scripts are there. */
export const scriptsEnRetard = (page: Page) => retenue(page, '**/_next/static/**/*.js')
