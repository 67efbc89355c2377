const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let lead: number | null = null

/** One timer for all; none at all when nothing counts or when the tab is hidden. */
export function subscribeToSeconds(listener: () => void): () => void {
  listeners.add(listener)
  if (listeners.size === 1) wake()
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) sleep()
  }
}

/** Beyond, it is no longer the same clock: an exercise has one of its own. */
const ANOTHER_CLOCK_MS = 20_000
const met = new Set<string>()

/** The server's present: this machine's clock, put right by the first server time met since the page was loaded. */
export function trueNow(serverNow: string): Date {
  if (lead === null || !met.has(serverNow)) {
    // A time is only fresh the first time it is met.
    met.add(serverNow)
    const measured = Date.parse(serverNow) - Date.now()
    if (lead === null || Math.abs(measured - lead) > ANOTHER_CLOCK_MS) lead = measured
  }
  return new Date(Date.now() + lead)
}

function wake() {
  document.addEventListener('visibilitychange', follow)
  follow()
}

function sleep() {
  document.removeEventListener('visibilitychange', follow)
  clearInterval(timer)
  timer = undefined
}

function follow() {
  clearInterval(timer)
  timer = undefined
  if (document.hidden) return
  tick()
  timer = setInterval(tick, 1000)
}

function tick() {
  for (const listener of listeners) listener()
}
