import type { Page } from '@playwright/test'
import { expect, flawless, report, test } from './fixtures.ts'

const PAGES = ['/', '/sign-in', '/sign-in/forgotten', '/accessibility', '/privacy']
const MINE = ['/cases/new', '/my', '/account', '/inbox']

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

test('RGAA 10.11 et 13.9 : debout à 320 pixels, couché sur un petit écran, rien ne défile de côté', async ({
  as,
}) => {
  const page = await as('reporter')
  const numero = await report(page)
  for (const viewport of [
    { width: 320, height: 700 },
    { width: 640, height: 360 },
  ]) {
    await page.setViewportSize(viewport)
    for (const path of [...MINE, `/my/${numero}`, ...PAGES]) {
      await page.goto(path)
      expect(await overflow(page), `${path} at ${viewport.width}`).toBeLessThanOrEqual(0)
    }
  }
})

test('RGAA 10.4 et 10.12 : texte à 200 %, puis espacé, rien ne se coupe', async ({ as }) => {
  // 1280 pixels seen at 200 % by the zoom of the browser
  const page = await as('reporter', { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 })
  for (const style of [
    '',
    '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }',
  ])
    for (const path of [...MINE, '/accessibility']) {
      await page.goto(path)
      // A style of the reader's own, as a browser extension sets it: beside the policy of the page.
      const line = await page.context().newCDPSession(page)
      await line.send('DOM.enable')
      await line.send('CSS.enable')
      const { frameTree } = await line.send('Page.getFrameTree')
      const { styleSheetId } = await line.send('CSS.createStyleSheet', { frameId: frameTree.frame.id })
      await line.send('CSS.setStyleSheetText', { styleSheetId, text: style })
      expect(await overflow(page), `${path} with ${style}`).toBeLessThanOrEqual(0)
      const cut = await page.evaluate(() =>
        [
          ...document.querySelectorAll('main button, main label, main h1, main h2, main p, main legend'),
        ].flatMap((one) => {
          const { overflowX, overflowY } = getComputedStyle(one)
          const hides = [overflowX, overflowY].some((value) => value === 'hidden' || value === 'clip')
          return hides &&
            one.scrollHeight > one.clientHeight + 2 &&
            !one.closest('.sr-only') &&
            one.clientHeight > 1
            ? [one.textContent?.slice(0, 40)]
            : []
        }),
      )
      expect(cut, `${path} with ${style}`).toEqual([])
      await line.detach()
    }
})

test('RGAA 10.7, 12.7 et 12.9 : le lien d’évitement, un focus visible, et le clavier n’est pris nulle part', async ({
  as,
}) => {
  const page = await as('reporter')
  await page.goto('/my')
  await page.keyboard.press('Tab')
  await expect(page.locator(':focus')).toHaveAttribute('href', '#content')
  const passed = new Set<string>()
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab')
    const found = await page.evaluate(() => {
      const one = document.activeElement
      if (!one || one === document.body) return null
      const { outlineStyle, boxShadow } = getComputedStyle(one)
      return { seen: outlineStyle !== 'none' || boxShadow !== 'none', what: one.outerHTML.slice(0, 120) }
    })
    if (!found) break
    expect(found.seen, found.what).toBe(true)
    passed.add(found.what)
  }
  expect(passed.size).toBeGreaterThan(8)
})

test('La déclaration d’accessibilité est faite de ses 106 critères, et calcule son taux', async ({
  page,
}) => {
  await page.goto('/accessibility')
  await page.locator('main details').evaluateAll((folds) => {
    for (const fold of folds) (fold as HTMLDetailsElement).open = true
  })
  await expect(page.locator('#rgaa ~ details tbody tr')).toHaveCount(106)
  const met = await page.getByRole('cell', { name: 'Conforme', exact: true }).count()
  const not = await page.getByRole('cell', { name: 'Non conforme', exact: true }).count()
  await expect(page.getByText(/% des critères applicables/)).toContainText(
    `${Math.floor((100 * met) / (met + not))} % des critères applicables sont respectés : ${met} sur ${met + not}`,
  )
  await flawless(page)
})
