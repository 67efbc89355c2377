import type { Page } from '@playwright/test'

/** 400 kbit/s each way with 400 ms of latency: a phone at the edge of its network. */
export const SLOW = {
  offline: false,
  latency: 400,
  downloadThroughput: 400_000 / 8,
  uploadThroughput: 400_000 / 8,
}

/** From now on this page hears and speaks through a slow line; until what is returned is called. */
export async function slowDown(page: Page, how = SLOW): Promise<() => Promise<void>> {
  const line = await page.context().newCDPSession(page)
  await line.send('Network.enable')
  await line.send('Network.emulateNetworkConditions', how)
  return () => line.detach()
}

/** What the browser kept of earlier pages is asked for again. */
export async function forgetAll(page: Page): Promise<void> {
  const line = await page.context().newCDPSession(page)
  await line.send('Network.enable')
  await line.send('Network.setCacheDisabled', { cacheDisabled: true })
}

/** The bytes that come over the wire for a first visit with nothing kept: of the page itself, of its scripts, of all. */
export async function weighed(page: Page, path: string) {
  // Whoever has just signed in is still being sent the page he was led to.
  await page.goto('about:blank')
  const line = await page.context().newCDPSession(page)
  await line.send('Network.enable')
  await forgetAll(page)
  const kinds = new Map<string, string>()
  const weight = { html: 0, script: 0, all: 0, requests: 0, heaviest: [] as [number, string][] }
  const names = new Map<string, string>()
  line.on('Network.responseReceived', ({ requestId, type, response }) => {
    kinds.set(requestId, type)
    names.set(requestId, new URL(response.url).pathname)
  })
  line.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId)
    weight.requests += 1
    weight.all += encodedDataLength
    weight.heaviest.push([encodedDataLength, names.get(requestId) ?? ''])
    if (kind === 'Document') weight.html += encodedDataLength
    if (kind === 'Script') weight.script += encodedDataLength
  })
  // The stream of hints never ends: the page is there when its scripts and its fonts are.
  await page.goto(path, { waitUntil: 'load' })
  await page.evaluate(() => document.fonts.ready)
  await page.locator('form[aria-busy=false]').first().waitFor()
  weight.heaviest.sort(([a], [b]) => b - a).splice(8)
  return weight
}
