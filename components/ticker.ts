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

/** The server's present: this machine's clock, put right by the first server time met since the page was loaded. */
export function trueNow(serverNow: string): Date {
  lead ??= Date.parse(serverNow) - Date.now()
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
