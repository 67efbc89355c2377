import { type Browser, test as base, type Page } from '@playwright/test'
import { DEMO_ACCOUNTS, type DemoRole } from '#db/seed/accounts.ts'

export { expect } from '@playwright/test'

type ContextOptions = Parameters<Browser['newContext']>[0]
type Fixtures = {
  /** A browser of its own signed in as this role: several people at once are several calls. */
  as: (role: DemoRole, options?: ContextOptions) => Promise<Page>
}

export const test = base.extend<Fixtures>({
  as: async ({ browser }, use) => {
    const contexts: Awaited<ReturnType<Browser['newContext']>>[] = []
    await use(async (role, options) => {
      const context = await browser.newContext(options)
      contexts.push(context)
      const page = await context.newPage()
      await signIn(page, role)
      return page
    })
    await Promise.all(contexts.map((context) => context.close()))
  },
})

/** By the page of sign-in, as a person would. */
export async function signIn(page: Page, role: DemoRole): Promise<void> {
  const account = accountOf(role)
  await page.goto('/sign-in')
  await page.locator('input[name=email]').fill(account.email)
  await page.locator('input[name=passphrase]').fill(account.passphrase)
  await page.locator('form:has(input[name=passphrase]) button[type=submit]').click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
}

export function accountOf(role: DemoRole) {
  const account = DEMO_ACCOUNTS.find((one) => one.role === role)
  if (!account) throw new Error(`no demonstration account of role ${role}`)
  return account
}
