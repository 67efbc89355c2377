import type { Locator, Page } from '@playwright/test'
import { DEMO_ACCOUNTS } from '#app/_demo/accounts.ts'
import { expect, test } from './fixtures.ts'
import { slowDown } from './ligne-lente.ts'

/**
 * A scripted hand on a phone, on a line of 400 kbit/s with 400 ms of latency. What the line and the page take is measured;
 * what the person takes is counted, by this model and never waited for:
 * - a character on the keyboard of a phone: 0.3 s (about 40 words a minute with both thumbs);
 * - a word read: 0.25 s (240 words a minute), each label once, before its gesture;
 * - a gesture (find, tap): 1.2 s.
 * The two are added, though a person reads while the page still comes: the figure is rather too high than too low.
 */
const PER_CHARACTER_S = 0.3
const PER_WORD_S = 0.25
const PER_GESTURE_S = 1.2

class Hand {
  counted = 0

  read(text: string): void {
    this.counted += text.split(/\s+/).filter(Boolean).length * PER_WORD_S
  }
  async tap(target: Locator): Promise<void> {
    this.counted += PER_GESTURE_S
    await target.scrollIntoViewIfNeeded()
    await target.tap()
  }
  async type(target: Locator, text: string): Promise<void> {
    this.counted += PER_GESTURE_S + text.length * PER_CHARACTER_S
    await target.fill(text)
  }
  /** The words of a question: its heading, its labels. */
  async readAt(target: Locator): Promise<void> {
    this.read(await target.innerText())
  }
}

test('Quatre-vingt-dix secondes : de l’accueil au numéro de dossier, sur un téléphone et une ligne lente', async ({
  browser,
}) => {
  const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }
  const context = await browser.newContext(phone)
  const page = await context.newPage()
  await slowDown(page)
  const hand = new Hand()
  const began = Date.now()
  const moments: Record<string, number> = {}
  const measured = () => (Date.now() - began) / 1000
  const mark = (name: string) => {
    moments[name] = Math.round((measured() + hand.counted) * 10) / 10
  }

  await page.goto('/', { waitUntil: 'commit' })
  await hand.readAt(page.getByRole('heading', { level: 1 }))
  mark('home is read')
  await hand.tap(page.getByRole('link', { name: 'Se connecter et signaler' }))
  await signInByHand(page, hand)
  mark('signed in')
  await openForm(page, hand)
  mark('the form is there')

  await hand.readAt(page.locator('section:has(#q-who)'))
  await hand.readAt(page.getByRole('group', { name: /Numéros touchés/ }))
  await hand.tap(page.getByRole('checkbox', { name: /^15/ }))
  await hand.readAt(page.getByRole('group', { name: /Ce que l’appelant entend/ }).first())
  await hand.tap(page.locator('input[name=symptom][value=NO_RING]'))
  await hand.readAt(page.getByRole('group', { name: /Début de la panne/ }))
  await hand.tap(page.locator('input[name=since][value="15"]'))
  hand.read('Territoire touché Pas-de-Calais Communes touchées')
  mark('five questions answered')
  await hand.tap(page.getByRole('button', { name: /^Envoyer maintenant/ }))
  await page.waitForURL(/\/my\/\d{4}-\d{6}-\d\?sent/, { waitUntil: 'commit' })
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Votre signalement est enregistré')
  await hand.readAt(page.getByRole('heading', { level: 1 }))
  mark('the number is read')

  const line = Math.round(measured() * 10) / 10
  console.log(
    `ninety seconds: ${moments['the number is read']} s in all (line and page ${line} s measured, hand ${Math.round(hand.counted * 10) / 10} s counted): ${JSON.stringify(moments)}`,
  )
  await context.close()
})

async function signInByHand(page: Page, hand: Hand): Promise<void> {
  const account = DEMO_ACCOUNTS.find(({ role }) => role === 'reporter')
  if (!account) throw new Error('no reporter in the demonstration')
  await page.locator('input[name=email]').waitFor()
  await hand.type(page.locator('input[name=email]'), account.email)
  await hand.type(page.locator('input[name=passphrase]'), account.passphrase)
  await hand.tap(page.locator('form:has(input[name=passphrase]) button[type=submit]'))
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'), { waitUntil: 'commit' })
}

/** Whoever is led to the form has it; else one more page and one more gesture. */
async function openForm(page: Page, hand: Hand): Promise<void> {
  const form = page.getByRole('group', { name: /Numéros touchés/ })
  const list = page.getByRole('main').getByRole('link', { name: 'Signaler une panne' })
  await form.or(list).first().waitFor()
  if (await list.isVisible()) await hand.tap(list)
  await form.waitFor()
}
