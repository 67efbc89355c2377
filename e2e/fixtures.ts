import {
  type Browser,
  type BrowserContext,
  test as base,
  expect,
  type Page,
  type TestInfo,
} from '@playwright/test'
import axe from 'axe-core'
import { FRESH_MS } from '#app/_auth/rules/freshness.ts'
import { DEMO_ACCOUNTS, type DemoRole } from '#app/_demo/accounts.ts'
import { slowDown } from './ligne-lente.ts'
import { atHourOfRun } from './other-clock.ts'

export { expect } from '@playwright/test'

type ContextOptions = Parameters<Browser['newContext']>[0]
type Fixtures = {
  /** Errors of the browser itself: a journey that meets one fails, whatever it showed. */
  faults: string[]
  /** A browser of its own signed in as this role: several people at once are several calls. */
  as: (role: DemoRole, options?: ContextOptions) => Promise<Page>
}

export const test = base.extend<Fixtures>({
  browser: [async ({ browser }, use) => use(atHourOfRun(browser)), { scope: 'worker' }],
  faults: async ({ browserName }, use) => {
    const faults: string[] = []
    await use(faults)
    expect(faults, browserName).toEqual([])
  },
  page: async ({ page, faults }, use, info) => {
    watch(page, faults)
    await use(page)
    if (info.status !== info.expectedStatus) await seen(page, info)
  },
  as: async ({ browser, faults }, use, info) => {
    const contexts: Awaited<ReturnType<Browser['newContext']>>[] = []
    await use(async (role, options) => {
      const context = await browser.newContext(options)
      contexts.push(context)
      context.on('page', (page) => watch(page, faults))
      const page = await context.newPage()
      await enter(page, role)
      return page
    })
    if (info.status !== info.expectedStatus)
      for (const page of contexts.flatMap((context) => context.pages())) await seen(page, info)
    await Promise.all(contexts.map((context) => context.close()))
  },
})

/** Printed with a failure, for whoever has no screen of it: where a page stood, and how it began. */
async function seen(page: Page, info: TestInfo): Promise<void> {
  const words = await page.locator('body').innerText({ timeout: 5_000 }).catch(String)
  await info.attach('seen', { body: `${page.url()}\n${words.slice(0, 600)}`, contentType: 'text/plain' })
}

const HYDRATION = /hydrat|Minified React error|did not match/i

/** LATENCY=700, in ms: every page hears and speaks through such a line, for what only a slow one shows. */
const LATENCY = Number(process.env.LATENCY ?? 0)

function watch(page: Page, faults: string[]): void {
  if (LATENCY > 0)
    void slowDown(page, { offline: false, downloadThroughput: -1, uploadThroughput: -1, latency: LATENCY })
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && HYDRATION.test(message.text()))
      faults.push(`${page.url()}: ${message.text()}`)
  })
}

type Kept = { cookies: Awaited<ReturnType<BrowserContext['cookies']>>; at: number }
const sessions = new Map<DemoRole, Kept>()
/** What cannot be taken back asks for a proof of the last quarter of an hour (app/_auth/rules/freshness.ts); a journey takes some. */
const FRESH_ENOUGH_MS = FRESH_MS / 2

/** With the session of an earlier journey while it is fresh: proving a passphrase is slow on purpose. */
async function enter(page: Page, role: DemoRole): Promise<void> {
  const context = page.context()
  const kept = sessions.get(role)
  if (kept && Date.now() - kept.at < FRESH_ENOUGH_MS) {
    await context.addCookies(kept.cookies)
    const answer = await context.request.get('/account', { maxRedirects: 0 })
    if (answer.ok()) return
  }
  await signIn(page, role)
  const cookies = await context.cookies()
  sessions.set(role, {
    cookies: cookies.filter(({ name }) => name.includes('session-token')),
    at: Date.now(),
  })
}

/** By the page of sign-in, as a person would. */
export async function signIn(page: Page, role: DemoRole, path = '/sign-in'): Promise<void> {
  const account = accountOf(role)
  await page.goto(path)
  await page.locator('input[name=email]').fill(account.email)
  await page.locator('input[name=passphrase]').fill(account.passphrase)
  await page.locator('form:has(input[name=passphrase]) button[type=submit]').click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
}

function accountOf(role: DemoRole) {
  const account = DEMO_ACCOUNTS.find((one) => one.role === role)
  if (!account) throw new Error(`no demonstration account of role ${role}`)
  return account
}

const examined = new Map<string, string>()

/** What axe examines is the same in both languages: a page at a width is examined in the first one that a journey shows. */
async function sameInOther(page: Page): Promise<boolean> {
  const { lang, width } = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    width: window.innerWidth,
  }))
  const key = `${new URL(page.url()).pathname} ${width}`
  const first = examined.get(key) ?? lang
  examined.set(key, first)
  return first !== lang
}

/** What axe says of a page, in the page itself: once it is there it stays as long as the document, and no frame of ours asks for more. */
export async function toldByAxe(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const own = (window as unknown as { axe: typeof axe }).axe
    const { violations } = await own.run(document, { resultTypes: ['violations'] })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`)
  })
}

/** Nothing for axe to say, and nothing wider than the screen. */
export async function flawless(page: Page): Promise<void> {
  // The name of a page comes after its address.
  await expect(page).toHaveTitle(/./)
  expect((await sameInOther(page)) ? [] : await toldByAxe(page), page.url()).toEqual([])
  // A word that was never written shows its key.
  const keys = await page.locator('body').innerText()
  expect(keys.match(/(?<![\w.@/-])[a-z]+(?:\.[a-z_]+){2,}(?![\w@-])/g) ?? [], page.url()).toEqual([])
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow, page.url()).toBeLessThanOrEqual(0)
}

/** Lost calls weigh one level more in the evening peak, and an N3 is not closed before a busy hour has passed; this never does. */
export const LEVEL_2_AT_ANY_HOUR = 'NO_LOCATION'

/** A report on the portal, in as few gestures as it takes. Returns its number. */
export async function report(
  page: Page,
  {
    number = '15',
    words = '',
    symptom = 'NO_RING',
    callback = '',
  }: { number?: string | string[]; words?: string; symptom?: string; callback?: string } = {},
): Promise<string> {
  await page.goto('/cases/new')
  for (const one of [number].flat()) {
    const box = page.locator(`input[name^=numbers][value="${one}"]`)
    await box.evaluate((element) => element.closest('details')?.setAttribute('open', ''))
    await box.check()
  }
  const heard = page.locator(`input[name=symptom][value=${symptom}]`)
  await heard.evaluate((element) => element.closest('details')?.setAttribute('open', ''))
  await heard.check()
  if (words) await page.locator('textarea[name=symptomWords]').fill(words)
  if (callback) {
    const back = page.locator('input[name=callbackPhone]')
    await back.evaluate((element) => element.closest('details')?.setAttribute('open', ''))
    await back.fill(callback)
  }
  await page.getByRole('button', { name: 'Envoyer le signalement' }).click()
  await page.waitForURL(/\/my\/\d{4}-\d{6}-\d\?sent/)
  return new URL(page.url()).pathname.split('/').at(-1) ?? ''
}

/** The organisation of an account, found while typing. */
export async function chooseOrganisation(page: Page, name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Organisation' }).pressSequentially(name)
  await page.getByRole('option', { name }).first().click()
}

let words = 0

/** A word found in no other case. */
export function onlyWord(): string {
  return `mot${(Date.now() + words++).toString(36)}`.replace(
    /\d/g,
    (digit) => 'abcdefghij'[Number(digit)] ?? '',
  )
}
