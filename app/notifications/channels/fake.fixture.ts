import type { ChannelOutside, Outcome } from '../port.ts'

/** How the far side treats one try. */
export type Behaviour =
  | 'takes'
  /** Takes it, and the answer never comes. */
  | 'takes_and_is_silent'
  /** Takes it, says so, and loses it: no receipt. */
  | 'loses'
  | 'not_now'
  | 'never'

/** A far side that is not ours: it takes, loses, doubles and refuses as it is told to, and remembers what arrived. */
export function fakeChannel(name: string, given: Partial<ChannelOutside> = {}) {
  const arrived: string[] = []
  const asked: { key: string; to: string }[] = []
  const script: Behaviour[] = []
  const channel: ChannelOutside = {
    name,
    where: 'outside',
    knowsKeys: false,
    receiptWithinS: null,
    validate: (to) =>
      to.type === 'way' || (to.type === 'contact' && to.phone) || (to.type === 'post' && to.phone)
        ? { ok: true }
        : { ok: false, key: 'inbox.invalid.no_way' },
    async send({ key }, to): Promise<Outcome> {
      asked.push({ key, to: `${to.type}:${to.id}` })
      const behaviour = script.shift() ?? 'takes'
      const takes = behaviour === 'takes' || behaviour === 'takes_and_is_silent'
      if (takes && !(channel.knowsKeys && arrived.includes(key))) arrived.push(key)
      switch (behaviour) {
        case 'takes':
        case 'loses':
          return { accepted: `${name}-${key}` }
        case 'takes_and_is_silent':
          throw new Error('the line went dead')
        case 'not_now':
          return { retry: 'busy' }
        case 'never':
          return { never: 'no such number' }
      }
    },
    ...given,
  }
  return { channel, arrived, asked, script }
}
