import { describe, expect, it } from 'vitest'
import { messagesOf } from './messages.ts'
import { unbroken } from './typography.ts'

describe('a French sentence', () => {
  it.each([
    ['Un numéro ne répond plus ?', 'Un numéro ne répond plus\u00a0?'],
    ['le 112 ; la cellule : tout', 'le 112\u00a0; la cellule\u00a0: tout'],
    ['« Outre-mer »', '«\u00a0Outre-mer\u00a0»'],
    ['10:30, https://exemple', '10:30, https://exemple'],
  ])('keeps its marks at the end of a line: %s', (written, shown) => {
    expect(unbroken(written)).toBe(shown)
  })

  it('is read so, at every depth', () => {
    const french = JSON.stringify(messagesOf('fr'))
    expect(french).toContain('\u00a0:')
    expect(french).not.toMatch(/ [:;!?»]/)
    expect(french).not.toMatch(/\p{L}'\p{L}|[\u0080-\u009f]/u)
  })
})
