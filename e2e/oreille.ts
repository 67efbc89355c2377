import type { Page } from '@playwright/test'
import { expect } from './fixtures.ts'

export const cloche = (page: Page) => page.locator('[data-bell]')

/** What the loudspeaker was asked to play, and what the tab asked to play: pitch and kind. */
export async function ecouter(page: Page): Promise<{ sons: () => Promise<string[]> }> {
  await page.addInitScript(() => {
    const heard: string[] = []
    Object.assign(window, { heard })
    const start = OscillatorNode.prototype.start
    OscillatorNode.prototype.start = function (this: OscillatorNode, ...when) {
      heard.push(`${this.frequency.value} Hz`)
      return start.apply(this, when)
    }
    window.addEventListener('permanence:alarm', (event) =>
      heard.push(String((event as CustomEvent<string>).detail)),
    )
  })
  return { sons: () => page.evaluate(() => (window as unknown as { heard: string[] }).heard) }
}

/** What sounds already is heard first, so that a journey hears only its own. */
export async function entendreTout(page: Page): Promise<void> {
  await expect(cloche(page)).toBeVisible()
  await page.locator('h1').first().click()
  await expect
    .poll(async () => {
      await page.keyboard.press('!')
      return cloche(page).getAttribute('data-bell')
    })
    .toBe('calm')
}
