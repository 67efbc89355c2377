// npm run screenshot [BASE]: the picture of the README, from a running demonstration (npm start).
import { chromium } from '@playwright/test'
import { DEMO_ACCOUNTS } from '../app/_demo/accounts.ts'

const base = process.argv[2] ?? `http://localhost:${process.env.PORT ?? 3000}`
const lead = DEMO_ACCOUNTS.find((one) => one.role === 'lead')
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: [
    '--disable-background-networking',
    '--disable-gpu',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ],
})
const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'fr-FR' })
await page.goto(`${base}/sign-in?next=/cases`)
await page.fill('#email', lead.email)
await page.fill('#passphrase', lead.passphrase)
await page.press('#passphrase', 'Enter')
await page.waitForURL('**/cases')
await page.locator('[data-live="live"]').waitFor()
await page.screenshot({ path: new URL('../e2e/pictures/queue.png', import.meta.url).pathname })
await browser.close()
