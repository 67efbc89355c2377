import type { Page } from '@playwright/test'
import { expect } from './fixtures.ts'

/** Whatever one can point at on the first screen, the bar and the strip: lines, cells, buttons, headings. */
const POINTED_AT =
  '[data-bar], [data-strip], [data-decision], main h1, main nav, [data-grid], [data-grid] :is(tr, th, td), [data-todo-group], [data-todo-line], [data-fresh], table.q thead'

/** Remembers where everything stands; asked again, says what has moved since, whatever was written in it. */
export async function retenir(page: Page): Promise<{ bouge: () => Promise<string[]>; points: () => number }> {
  const points = await page.evaluate((selector) => {
    const kept = new Map<Element, string>()
    for (const element of document.querySelectorAll(selector)) {
      const { x, y, width, height } = element.getBoundingClientRect()
      kept.set(element, [x, y, width, height].map(Math.round).join(' '))
    }
    Object.assign(window, { kept })
    return kept.size
  }, POINTED_AT)
  expect(points).toBeGreaterThan(4)
  return {
    points: () => points,
    bouge: () =>
      page.evaluate(() =>
        [...(window as unknown as { kept: Map<Element, string> }).kept].flatMap(([element, before]) => {
          if (!element.isConnected) return []
          const { x, y, width, height } = element.getBoundingClientRect()
          const now = [x, y, width, height].map(Math.round).join(' ')
          return now === before ? [] : [`${element.outerHTML.slice(0, 80)}: ${before} → ${now}`]
        }),
      ),
  }
}

/** Opens what the strip has no room for. */
export async function deplier(page: Page): Promise<void> {
  await page.locator('[data-strip] details[data-drop] > summary').click()
}
