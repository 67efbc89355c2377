import { clockNow } from '#app/_doors/clock.ts'
import { htmlOf, jsonOf, type PublicView, rssOf } from './rules/document.ts'
import { readPublicView } from './view.ts'

/** Whoever asks within the same few seconds reads the same. */
const KEPT_MS = 5_000
let kept: { at: number; view: Promise<PublicView> } | null = null

const TYPES = {
  html: 'text/html; charset=utf-8',
  rss: 'application/rss+xml; charset=utf-8',
  json: 'application/json; charset=utf-8',
} as const

/** The page, the feed or the data, for anybody: read at most once in a few seconds, and kept by whoever stands in front. */
export async function answerStatus(request: Request, as: keyof typeof TYPES): Promise<Response> {
  const view = await seen()
  const address = `${(process.env.NEXTAUTH_URL ?? new URL(request.url).origin).replace(/\/$/, '')}/status`
  const text = {
    html: (one: PublicView) => htmlOf(one, 'status/'),
    json: jsonOf,
    rss: (one: PublicView) => rssOf(one, address),
  }[as](view)
  return new Response(text, {
    headers: {
      'content-type': TYPES[as],
      'cache-control': 'public, max-age=15, stale-while-revalidate=60, stale-if-error=86400',
      'access-control-allow-origin': '*',
      // Nothing of it runs; its one style stands in the page.
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    },
  })
}

function seen(): Promise<PublicView> {
  const now = clockNow()
  if (kept && now.getTime() - kept.at < KEPT_MS) return kept.view
  const view = readPublicView(now)
  kept = { at: now.getTime(), view }
  // What failed is asked again by the next one.
  view.catch(() => {
    kept = null
  })
  return view
}
