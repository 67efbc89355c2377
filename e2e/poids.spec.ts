import { expect, test } from './fixtures.ts'
import { forgetAll, slowDown, weighed } from './ligne-lente.ts'

// Bytes are facts, seconds are not: these are bounded, those are printed by the journey of ninety seconds.
const HTML_AT_MOST = 40_000
const FIRST_VISIT_AT_MOST = 250_000

test('Un téléphone sur une ligne lente : le formulaire pèse peu, et son texte encore moins', async ({
  as,
}) => {
  const page = await as('reporter', { viewport: { width: 360, height: 740 } })
  const weight = await weighed(page, '/cases/new')
  console.log(`/cases/new, first visit: ${JSON.stringify(weight)}`)
  expect(weight.html).toBeGreaterThan(1_000)
  expect(weight.html).toBeLessThan(HTML_AT_MOST)
  expect(weight.all).toBeLessThan(FIRST_VISIT_AT_MOST)
})

test('Sur une ligne de 400 kbit/s, lisible puis envoyable : les secondes sont dites, jamais jugées', async ({
  as,
}) => {
  const page = await as('reporter', { viewport: { width: 360, height: 740 } })
  // A first visit: nothing of it is kept from the sign-in.
  await forgetAll(page)
  await slowDown(page)
  const began = Date.now()
  const seconds = () => Math.round((Date.now() - began) / 100) / 10
  await page.goto('/cases/new', { waitUntil: 'commit' })
  await page.getByRole('heading', { level: 1 }).waitFor()
  const readable = seconds()
  // It is a plain form: from here on it can be sent, with its scripts or before them.
  await page.getByRole('button', { name: 'Envoyer le signalement' }).waitFor()
  const sendable = seconds()
  await page.waitForLoadState('load')
  console.log(
    `/cases/new at 400 kbit/s: readable ${readable} s, sendable ${sendable} s, all of it ${seconds()} s`,
  )
  await expect(page.locator('form[aria-busy=false]').first()).toBeVisible()
})
