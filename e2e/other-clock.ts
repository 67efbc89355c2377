import type { Browser } from '@playwright/test'

/** How far the clock of this run stands from the machine's, in ms (npm run test:when); 0: it is the machine's. */
const shiftMs = Number(/^([+-]\d+)s$/.exec(process.env.FAKETIME ?? '')?.[1] ?? 0) * 1_000

/**
 * The browser runs by the machine's own clock, and its pages by that of the run: under libfaketime each of its thousands of questions
 * for the hour costs ten times as much, and a journey takes minutes.
 */
export function ownClock(): Record<string, string> {
  const { LD_PRELOAD: _, FAKETIME: __, ...env } = process.env
  return Object.fromEntries(
    Object.entries(env).filter((one): one is [string, string] => one[1] !== undefined),
  )
}

/** Every page of this browser, whoever opens it, has the hour of the run, and so has its service worker. */
export function atHourOfRun(browser: Browser): Browser {
  if (shiftMs === 0) return browser
  const open = browser.newContext.bind(browser)
  browser.newContext = async (options) => {
    const context = await open(options)
    await context.addInitScript(shiftDate, shiftMs)
    // Gone again before it is told: then it did nothing either.
    context.on('serviceworker', (worker) => void worker.evaluate(shiftDate, shiftMs).catch(() => {}))
    return context
  }
  return browser
}

/** In the page, before its own scripts. */
function shiftDate(byMs: number): void {
  const True = Date
  const now = () => True.now() + byMs
  const Shifted = function (this: unknown, ...given: unknown[]) {
    if (!new.target) return new True(now()).toString()
    return Reflect.construct(True, given.length > 0 ? given : [now()], new.target)
  }
  Object.setPrototypeOf(Shifted, True)
  Shifted.prototype = Object.assign(True.prototype, { constructor: Shifted })
  Object.assign(globalThis, { Date: Object.assign(Shifted, { now }) })
}
