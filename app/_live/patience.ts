/** Told on the window: `detail` is since when (the browser's time) no reading has succeeded, or null once one has. */
export const UNANSWERED_EVENT = 'permanence:unanswered'

/** A reading that has not come whole by then is tried again: the line is black-holed, or the server hangs. */
const LONGEST_ATTEMPT_MS = 10_000
const FIRST_REST_MS = 500
const LAST_REST_MS = 4_000

type Fetch = typeof fetch
type Surroundings = {
  fetch: Fetch
  tell: (unansweredSince: number | null) => void
  clock?: () => number
  rest?: (ms: number) => Promise<void>
}

/**
 * The framework answers a reading that failed (line cut, 502 of a proxy, a page that broke on the server) by throwing the
 * page away for what the browser shows of the failure. Through this, a reading succeeds or is tried again: what is shown
 * stays, and the page says since when it is no longer true. What changes something (an action) is never sent twice.
 */
export function patientFetch({ fetch, tell, clock = Date.now, rest = restFor }: Surroundings): Fetch {
  // Of all readings of the page: one that is given up leaves it to the next that succeeds to say so.
  let since: number | null = null
  return async (input, init) => {
    if (!isReading(init)) return fetch(input, init)
    for (let pause = FIRST_REST_MS; ; pause = Math.min(pause * 2, LAST_REST_MS)) {
      const answer = await attempt(fetch, input, init)
      if (answer) {
        if (since !== null) tell(null)
        since = null
        return answer
      }
      init?.signal?.throwIfAborted()
      since ??= clock()
      tell(since)
      await rest(pause)
    }
  }
}

const OWN = 'permanence-reading'
/** Of a page that reads what it shows by a way of its own. */
export const OWN_READING = { [OWN]: '1' }

/** The framework reads a page for its router; what it fetches ahead may fail in silence. */
function isReading(init: RequestInit | undefined): boolean {
  const headers = new Headers(init?.headers)
  if (headers.has(OWN)) return true
  return headers.has('rsc') && !headers.has('next-router-prefetch') && (init?.method ?? 'GET') === 'GET'
}

async function attempt(fetch: Fetch, ...[input, init]: Parameters<Fetch>): Promise<Response | null> {
  const late = AbortSignal.timeout(LONGEST_ATTEMPT_MS)
  const signal = init?.signal ? AbortSignal.any([init.signal, late]) : late
  try {
    const response = await fetch(input, { ...init, signal })
    // An answer that is no page of ours is the framework's to follow (a sign-in, a page that is gone); a failure is not.
    if (response.status >= 500 || response.status === 429) return null
    if (!response.headers.get('content-type')?.startsWith('text/x-component')) return response
    const page = await response.text()
    return broke(page) ? null : whole(response, page)
  } catch {
    return null
  }
}

/** A part that failed on the server travels as a row of its own; what leads elsewhere or says "not found" does too. */
export function broke(page: string): boolean {
  return /^[0-9a-f]+:E\{"digest":"(?!NEXT_)/m.test(page)
}

// The framework asks an answer where it came from; one made here would not know.
function whole(from: Response, page: string): Response {
  const { status, statusText, headers, url, redirected } = from
  const made = new Response(page, { status, statusText, headers })
  return Object.defineProperties(made, { url: { value: url }, redirected: { value: redirected } })
}

function restFor(ms: number): Promise<void> {
  return new Promise((rested) => setTimeout(rested, ms))
}
