import webpush from 'web-push'
import { isAllowedHost } from '#app/_doors/rules/allowed-host.ts'
import { MARKER } from '#app/exercises/rules/marker.ts'
import type { ChannelOutside, Message } from '../port.ts'
import { wayTo } from '../rules/way-to.ts'
import { type PushSettings, secretOf } from './settings.ts'
import { pushWords } from './words.ts'

/** As long as a proposal waits for an answer, from the fact and not from the try: later it would be news of yesterday. */
export const PUSH_TTL_S = 25 * 60
/** A browser that is just coming back still has it. */
const AT_LEAST_S = 60

/** Browsers that asked for it. What the maker of a browser carries is sealed for that browser alone; never the only way of anybody. */
export function pushChannel(settings: PushSettings): ChannelOutside {
  return {
    name: 'push',
    where: 'outside',
    knowsKeys: false,
    receiptWithinS: null,
    validate: (to) =>
      to.type === 'browser' && secretOf('PUSH_PRIVATE_KEY') && isAllowedHost(to.endpoint, settings.hosts)
        ? { ok: true }
        : { ok: false, key: 'inbox.invalid.no_way' },
    async send(message, to, signal) {
      const privateKey = secretOf('PUSH_PRIVATE_KEY')
      if (to.type !== 'browser' || !privateKey) return { never: 'no browser' }
      const { endpoint, headers, body } = webpush.generateRequestDetails(
        { endpoint: to.endpoint, keys: { p256dh: to.p256dh, auth: to.auth } },
        // The sentence and where it leads: what the service worker shows (public/push-worker.js).
        JSON.stringify({
          title: message.exerciseId === null ? 'Permanence' : MARKER,
          body: pushWords(message),
          tag: message.dedupeKey,
          to: pathOf(message),
        }),
        {
          vapidDetails: {
            subject: `mailto:${settings.subject}`,
            publicKey: settings.publicKey,
            privateKey,
          },
          TTL: Math.max(AT_LEAST_S, PUSH_TTL_S - secondsSince(message)),
          urgency: message.pressing ? 'high' : 'normal',
          contentEncoding: 'aes128gcm',
        },
      )
      // Its maker moves to no other host: what leads elsewhere is not followed.
      const answer = await fetch(endpoint, {
        method: 'POST',
        headers,
        body: new Uint8Array(body),
        redirect: 'error',
        signal,
      })
      await answer.body?.cancel()
      if (answer.status === 404 || answer.status === 410) return { never: GONE }
      if (answer.status === 400 || answer.status === 413) return { never: `push: ${answer.status}` }
      if (!answer.ok) return { retry: `push: ${answer.status}` }
      return { accepted: message.key, parts: [] }
    },
  }
}

function secondsSince({ createdAt, sentAt }: Message): number {
  return Math.floor((sentAt.getTime() - createdAt.getTime()) / 1000)
}

/** Its maker no longer knows this browser: it is forgotten (write-down.ts). */
export const GONE = 'push: gone'

/** Whoever may see no page of it reads it among his messages. */
function pathOf(message: Message): string {
  const { reference } = message.data
  const about = { ...message, reference: typeof reference === 'string' && reference ? reference : null }
  return (message.role && wayTo(about, message.role)) ?? '/inbox'
}
