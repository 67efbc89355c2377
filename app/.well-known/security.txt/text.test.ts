import { expect, test } from 'vitest'
import { securityText } from './text.ts'

const now = new Date('2026-11-26T10:20:30Z')

test.each([
  ['a mail address', 'securite@example.org', 'mailto:securite@example.org'],
  ['an address of the web', 'https://example.org/securite', 'https://example.org/securite'],
  ['the hotline', 'tel:0199000015', 'tel:0199000015'],
])('names %s', (_, contact, said) => {
  expect(securityText(contact, 'https://permanence.example', now)).toBe(
    `Contact: ${said}\nExpires: 2027-05-27T00:00:00.000Z\nPreferred-Languages: fr, en\nCanonical: https://permanence.example/.well-known/security.txt\n`,
  )
})

test('without a public address it has no canonical one; it always ends in less than a year', () => {
  expect(securityText('tel:15', undefined, now)).not.toContain('Canonical')
  const [, ends = ''] = /Expires: (.*)/.exec(securityText('tel:15', undefined, now)) ?? []
  expect(Date.parse(ends) - now.getTime()).toBeLessThan(365 * 86_400_000)
})
