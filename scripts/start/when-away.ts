import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { cookieName } from '#app/_auth/cookie.ts'
import { isOwnOrigin } from '#app/_doors/origin.ts'
import { chooseLocale, LOCALE_COOKIE, type Locale } from '#app/_i18n/locale.ts'
import { messagesOf } from '#app/_i18n/messages.ts'
import { lastHotline } from '#app/_shell/last-hotline.ts'
import { type Asked, RETRY_AFTER_S, shareRequests } from '#db/away.ts'
import { REQUEST_MS } from '#db/limits.ts'

const requests = new AsyncLocalStorage<Asked>()
shareRequests(requests)

/** A form larger than this is not shown again: its sender goes back to it. */
const MOST_KEPT = 256_000

/**
 * Whatever failed because the database was away is answered 503, with words, the number to call and when to come back: a
 * page for people, with what they had typed in it; JSON for machines. Each request has so long for the database and no more.
 */
export function whenAway(handle: RequestListener): RequestListener {
  return (request, response) => {
    const asked: Asked = { until: Date.now() + REQUEST_MS, away: false }
    const sent = isPlainForm(request) ? keepBody(request) : null
    holdBack(response, asked, () => answer(request, sent))
    requests.run(asked, () => handle(request, response))
  }
}

/** The answer of a failed request is replaced at the moment its first word would be written. */
function holdBack(response: ServerResponse, asked: Asked, answer: () => Promise<Answer>): void {
  const { writeHead, write, end } = response
  let replaced = false
  const replaces = () => {
    if (response.statusCode === 503 && !response.headersSent) response.setHeader('retry-after', RETRY_AFTER_S)
    if (replaced || response.headersSent || response.statusCode !== 500 || !asked.away) return replaced
    replaced = true
    void answer().then(({ headers, body }) => {
      for (const name of response.getHeaderNames()) response.removeHeader(name)
      writeHead.call(response, 503, { ...headers, 'content-length': Buffer.byteLength(body) })
      end.call(response, body, 'utf8', () => {})
    })
    return true
  }
  const last = (args: unknown[]) => {
    const told = args.at(-1)
    if (typeof told === 'function') process.nextTick(told as () => void)
  }
  Object.assign(response, {
    writeHead(status: number, ...rest: never[]) {
      response.statusCode = status
      return replaces() ? response : writeHead.call(response, status, ...rest)
    },
    write(...args: never[]) {
      if (!replaces()) return (write as (...all: never[]) => boolean).apply(response, args)
      last(args)
      return true
    },
    end(...args: never[]) {
      if (!replaces()) return (end as (...all: never[]) => ServerResponse).apply(response, args)
      last(args)
      return response
    },
  })
}

type Answer = { headers: Record<string, string>; body: string }
type Sent = () => Buffer | null

async function answer(request: IncomingMessage, sent: Sent | null): Promise<Answer> {
  const cookie = new RegExp(`(?:^|; )${cookieName(LOCALE_COOKIE)}=(\\w+)`).exec(
    request.headers.cookie ?? '',
  )?.[1]
  const locale = chooseLocale(cookie, request.headers['accept-language'] ?? null)
  const words = messagesOf(locale).away as Record<string, string>
  const number = lastHotline()
  const common = {
    'retry-after': String(RETRY_AFTER_S),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  }
  if (!wantsPage(request)) {
    const message = words.machine?.replace('{number}', number)
    const body = JSON.stringify({ code: '503', status: '503', reason: 'Service unavailable', message })
    return { headers: { ...common, 'content-type': 'application/json; charset=utf-8' }, body }
  }
  const nonce = randomBytes(16).toString('base64')
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`
  return {
    headers: { ...common, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy },
    body: page({
      words,
      locale,
      number,
      nonce,
      again: (await formAgain(request, sent, words)) ?? link(request, words),
    }),
  }
}

function wantsPage({ url = '', headers }: IncomingMessage): boolean {
  if (/^\/(api|tmf-api)\//.test(url) || 'next-action' in headers || 'rsc' in headers) return false
  return /text\/html|\*\/\*|^$/.test(headers.accept ?? '')
}

/** A form of ours, sent by a browser without JavaScript. */
function isPlainForm({ method, headers }: IncomingMessage): boolean {
  if (method !== 'POST' || 'next-action' in headers || !isFormType(headers['content-type'])) return false
  // Nobody else's page may put words into ours.
  return isOwnOrigin(new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)])))
}

function isFormType(type = ''): boolean {
  return /^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(type)
}

function keepBody(request: IncomingMessage): Sent {
  const chunks: Buffer[] = []
  let size = 0
  const { push } = request
  request.push = (chunk: Buffer | null, encoding) => {
    if (chunk) size += chunk.length
    if (chunk && size <= MOST_KEPT) chunks.push(chunk)
    return push.call(request, chunk, encoding)
  }
  return () => (size > 0 && size <= MOST_KEPT ? Buffer.concat(chunks) : null)
}

async function formAgain(
  request: IncomingMessage,
  sent: Sent | null,
  words: Record<string, string>,
): Promise<string | null> {
  const body = sent?.()
  if (!body) return null
  const type = request.headers['content-type'] ?? ''
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } })
    .formData()
    .catch(() => null)
  if (!form) return null
  const fields = [...form].filter((field): field is [string, string] => typeof field[1] === 'string')
  // A passphrase is never written into a page.
  if (fields.some(([name]) => /passphrase/i.test(name))) return null
  const hasFile = [...form].some(([, value]) => typeof value !== 'string' && value.size > 0)
  const hidden = fields.map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  )
  const shown = fields
    .filter(([name, value]) => !name.startsWith('$') && !/id$|^form$/i.test(name) && value.trim() !== '')
    .map(([, value]) => `<li>${escaped(value)}</li>`)
  return [
    `<form method="post" action="${escaped(request.url ?? '/')}" enctype="multipart/form-data">`,
    `<p><strong>${escaped(words.kept ?? '')}</strong></p>`,
    hasFile ? `<p>${escaped(words.files ?? '')}</p>` : '',
    ...hidden,
    `<p><button>${escaped(words.again ?? '')}</button></p>`,
    shown.length > 0 ? `<h2>${escaped(words.typed ?? '')}</h2><ul>${shown.join('')}</ul>` : '',
    '</form>',
  ].join('')
}

function link({ method, url = '/' }: IncomingMessage, words: Record<string, string>): string {
  return `<p><a class="button" href="${escaped(method === 'GET' ? url : '/')}">${escaped(words.retry ?? '')}</a></p>`
}

function page({
  words,
  locale,
  number,
  nonce,
  again,
}: {
  words: Record<string, string>
  locale: Locale
  number: string
  nonce: string
  again: string
}): string {
  const title = escaped(words.title ?? '')
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${title}</title><style nonce="${nonce}">${STYLE}</style></head><body><main><h1>${title}</h1><p>${escaped(words.text ?? '')}</p><p>${escaped(words.call ?? '')}<a class="number" href="tel:${number.replace(/[^+\d]/g, '')}">${escaped(number)}</a></p>${again}</main></body></html>`
}

const STYLE =
  'body{font:1.125rem/1.5 system-ui,sans-serif;margin:0;padding:1.25rem}main{max-width:42rem;margin:auto}h1{font-size:1.75rem;line-height:1.2}h2{font-size:1.125rem}.number{display:block;font-size:2.5rem;font-weight:700;color:inherit;white-space:nowrap}button,.button{display:inline-block;font:inherit;font-weight:600;padding:.6rem 1.1rem;border:2px solid;border-radius:.4rem;color:inherit;background:none;text-decoration:none;min-height:2.75rem;box-sizing:border-box}li{white-space:pre-wrap;overflow-wrap:anywhere}'

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
