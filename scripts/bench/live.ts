import { randomUUID } from 'node:crypto'
import { type ClientRequest, request } from 'node:http'
import { chromium } from '@playwright/test'
import { CHROMIUM_FLAGS, findChromium } from '../testing/chromium.ts'
import type { World } from '../testing/own-service.ts'
import { reportOf } from '../testing/report-of.ts'
import { percentiles } from './load.ts'

const STREAMS = 50
const REPORTS = 100
const APART_MS = 100
const AGAIN_MS = 1_000

/**
 * From the reporter's accepted answer to the hint at each of fifty open streams, and to the row in a real browser.
 * Milliseconds; a hint that came before the answer counts as nought.
 */
export async function measureLive(world: World, say: (line: string) => void) {
  const cookie = await world.agentCookie()
  const hinted = new Map<string, number[]>()
  const streams = Array.from({ length: STREAMS }, () =>
    listen(world.base, cookie, (reference) => {
      const times = hinted.get(reference) ?? []
      times.push(performance.now())
      hinted.set(reference, times)
    }),
  )
  await Promise.all(streams.map(({ open }) => open))

  const [sender] = await world.senders()
  if (!sender) throw new Error('nobody to report')
  const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: CHROMIUM_FLAGS })
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const [name = '', value = ''] = cookie.split(/=(.*)/s)
  await context.addCookies([{ name, value, url: world.base }])
  const page = await context.newPage()
  const seen = new Map<string, number>()
  await page.exposeFunction('rowSeen', (reference: string) => {
    if (!seen.has(reference)) seen.set(reference, performance.now())
  })
  // Newest first, of one organisation: a list in which what has just been reported stands at the top.
  await page.goto(`${world.base}/cases?closed=1&state=received&territory=${sender.territory}`)
  await page.locator('[data-live="live"]').waitFor()
  await page.evaluate(() => {
    const tell = () => {
      for (const link of document.querySelectorAll('main a[href^="/cases/2"]'))
        (window as never as { rowSeen: (text: string) => void }).rowSeen(
          link.getAttribute('href')?.slice(7) ?? '',
        )
    }
    tell()
    new MutationObserver(tell).observe(document.body, { childList: true, subtree: true })
  })

  const accepted = new Map<string, number>()
  for (let sent = 0; sent < REPORTS; sent += 1) {
    const asked = reportOf(sender, randomUUID())
    const answer = await fetch(world.base + asked.path, asked)
    if (!answer.ok) throw new Error(`report refused: ${await answer.text()}`)
    const at = performance.now()
    accepted.set(((await answer.json()) as { id: string }).id, at)
    await new Promise((resolve) => setTimeout(resolve, APART_MS))
  }
  await until(
    () => [...accepted.keys()].every((one) => seen.has(one) && hinted.get(one)?.length === STREAMS),
    15_000,
  )
  for (const { close } of streams) close()
  await browser.close()

  const hints = [...accepted].flatMap(([one, at]) =>
    (hinted.get(one) ?? []).map((time) => Math.max(0, time - at)),
  )
  const rows = [...accepted].flatMap(([one, at]) =>
    seen.has(one) ? [Math.max(0, (seen.get(one) ?? 0) - at)] : [],
  )
  const of = (values: number[], wanted: number) => {
    const [p50, p95, p99] = percentiles(values, [50, 95, 99])
    return { p50, p95, p99, measured: values.length, missing: wanted - values.length }
  }
  const measured = { streams: STREAMS, hint: of(hints, REPORTS * STREAMS), row: of(rows, REPORTS) }
  say(
    `hint p99 ${measured.hint.p99} ms, row p99 ${measured.row.p99} ms, missing ${measured.hint.missing} and ${measured.row.missing}`,
  )
  return measured
}

export function listen(base: string, cookie: string, heard: (reference: string) => void) {
  let opened: () => void = () => {}
  let closed = false
  const open = new Promise<void>((resolve) => {
    opened = resolve
  })
  let asked: ClientRequest
  const ask = () => {
    asked = request(`${base}/api/live`, { headers: { cookie }, agent: false }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const frame = text.slice(0, end)
          text = text.slice(end + 2)
          // 'down' first on a server that nobody listened to yet, then 'reread' once it hears the database.
          if (/^event: (ready|reread)$/m.test(frame)) opened()
          const data = frame.match(/^event: hint$/m) && frame.match(/^data: (.*)$/m)?.[1]
          if (data) for (const reference of JSON.parse(data).cases) heard(reference)
        }
      })
      answer.on('error', () => {})
    })
    asked.on('error', () => {})
    // As a browser does: of thousands that open at once some are told to come again.
    asked.on('close', () => {
      if (!closed) setTimeout(ask, AGAIN_MS)
    })
    asked.end()
  }
  ask()
  return {
    open,
    close: () => {
      closed = true
      asked.destroy()
    },
  }
}

async function until(fact: () => boolean, forMs: number): Promise<void> {
  const end = performance.now() + forMs
  while (!fact() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 50))
}
