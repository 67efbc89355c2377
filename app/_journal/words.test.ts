import { describe, expect, test } from 'vitest'
import { messagesOf } from '#app/_i18n/messages.ts'
import { TOLD } from '#app/notifications/rules/recipients.ts'
import { EVENTS } from './events.ts'

describe.each(['fr', 'en'] as const)('words in %s', (locale) => {
  const { journal = {}, inbox = {} } = messagesOf(locale)

  test('for every event of the main courante', () => {
    const missing = Object.keys(EVENTS).filter((event) => {
      const [noun = '', verb = ''] = event.split('.')
      return typeof (journal[noun] as Record<string, unknown> | undefined)?.[verb] !== 'string'
    })
    expect(missing).toEqual([])
  })

  test('for every message that an event can send to somebody', () => {
    const missing = Object.entries(TOLD)
      .flatMap(([event, telling]) => (telling ? [event] : []))
      .filter((event) => typeof inbox[event.replace('.', '_')] !== 'string')
    expect(missing).toEqual([])
  })
})
