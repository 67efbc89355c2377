import type { Page } from '@playwright/test'
import { expect, onlyWord, report, test } from './fixtures.ts'
import { cuttableLine } from './ligne.ts'

const ligne = (page: Page, numero: string) => page.locator(`tr[data-case^="${numero}:"]`)

/** What the framework asks when a page reads itself again. */
const lecture = (url: URL) => url.pathname === '/cases' && url.searchParams.has('_rsc')

for (const [panne, repondre] of [
  ['le relais répond 502', { status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' }],
  ['la liaison est coupée', null],
] as const)
  test(`Une relecture qui échoue laisse la file à l’écran : ${panne}`, async ({ as }) => {
    const [samu, agent] = [await as('reporter'), await as('agent')]
    const mot = onlyWord()
    const premier = await report(samu, { words: mot })
    await agent.goto(`/cases?q=${mot}`)
    await expect(agent.locator('[data-live=live]')).toBeVisible()
    await agent.evaluate(() => Object.assign(window, { restee: true }))

    let essais = 0
    await agent.route(lecture, (route) => {
      essais++
      return repondre ? route.fulfill(repondre) : route.abort('connectionreset')
    })
    const second = await report(samu, { words: mot })
    await expect(agent.getByText(/^Pas en direct depuis/)).toBeVisible()
    await expect.poll(() => essais).toBeGreaterThan(1)
    await expect(ligne(agent, premier)).toBeVisible()
    await expect(ligne(agent, second)).toBeHidden()

    await agent.unroute(lecture)
    await expect(ligne(agent, second)).toBeVisible()
    await expect(agent.getByText(/^Pas en direct depuis/)).toBeHidden()
    expect(await agent.evaluate(() => 'restee' in window)).toBe(true)
  })

for (const panne of ['cut', 'swallow'] as const)
  test(`La liaison tombe (${panne}) : la page dit depuis quand, puis rattrape ce qui est arrivé`, async ({
    as,
    baseURL,
  }) => {
    const [samu, agent] = [await as('reporter'), await as('agent')]
    const mot = onlyWord()
    const line = await cuttableLine(new URL(baseURL ?? ''))
    await agent.goto(`${line.url}/cases?q=${mot}`)
    await expect(agent.locator('[data-live=live]')).toBeVisible()
    line[panne]()
    // said within 12 s of the silence (SILENCE_MS); the machine may be busy
    await expect(agent.getByText(/Pas en direct depuis \d+\sh\s\d\d/)).toBeVisible({ timeout: 25_000 })
    const numero = await report(samu, { words: mot })
    await expect(ligne(agent, numero)).toHaveCount(0)
    line.mend()
    await expect(ligne(agent, numero)).toBeVisible()
    await expect(agent.locator('[data-live=live]')).toBeVisible()
    await agent.close()
    line.end()
  })
