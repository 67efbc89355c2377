import AxeBuilder from '@axe-core/playwright'
import { type Browser, type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import { DEMO_ACCOUNTS, type DemoRole } from '#db/seed/accounts.ts'

export { expect } from '@playwright/test'

type ContextOptions = Parameters<Browser['newContext']>[0]
type Fixtures = {
  /** Errors of the browser itself: a journey that meets one fails, whatever it showed. */
  faults: string[]
  /** A browser of its own signed in as this role: several people at once are several calls. */
  as: (role: DemoRole, options?: ContextOptions) => Promise<Page>
}

export const test = base.extend<Fixtures>({
  faults: async ({ browserName }, use) => {
    const faults: string[] = []
    await use(faults)
    expect(faults, browserName).toEqual([])
  },
  page: async ({ page, faults }, use) => {
    watch(page, faults)
    await use(page)
  },
  as: async ({ browser, faults }, use) => {
    const contexts: Awaited<ReturnType<Browser['newContext']>>[] = []
    await use(async (role, options) => {
      const context = await browser.newContext(options)
      contexts.push(context)
      context.on('page', (page) => watch(page, faults))
      const page = await context.newPage()
      await enter(page, role)
      return page
    })
    await Promise.all(contexts.map((context) => context.close()))
  },
})

const HYDRATION = /hydrat|Minified React error|did not match/i

function watch(page: Page, faults: string[]): void {
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && HYDRATION.test(message.text()))
      faults.push(`${page.url()}: ${message.text()}`)
  })
}

const sessions = new Map<DemoRole, Awaited<ReturnType<BrowserContext['cookies']>>>()

/** With the session of an earlier journey while it lives: proving a passphrase is slow on purpose. */
async function enter(page: Page, role: DemoRole): Promise<void> {
  const context = page.context()
  await context.addCookies(sessions.get(role) ?? [])
  const answer = await context.request.get('/sign-in/sessions', { maxRedirects: 0 })
  if (answer.ok()) return
  await signIn(page, role)
  const cookies = await context.cookies()
  sessions.set(
    role,
    cookies.filter(({ name }) => name.includes('session-token')),
  )
}

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

/** Nothing for axe to say, and nothing wider than the screen. */
export async function flawless(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`)
  expect(told, page.url()).toEqual([])
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow, page.url()).toBeLessThanOrEqual(0)
}
