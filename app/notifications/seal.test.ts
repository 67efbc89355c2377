import { describe, expect, it, vi } from 'vitest'
import { answerCode, readAnswerCode } from './seal.ts'

vi.stubEnv('AUTH_SECRET', 'a secret of this test alone')

describe('the code in a link', () => {
  it.each([
    ['its own', (code: string) => code, true],
    ['of another message', (code: string) => code.replace(/^[^-]+/, '1'), false],
    ['with another seal', (code: string) => code.replace(/.$/, (end) => (end === '0' ? '1' : '0')), false],
    ['cut short', (code: string) => code.slice(0, -1), false],
    ['empty', () => '', false],
  ])('%s', (_, change, known) => {
    expect(readAnswerCode(change(answerCode(4_242)))).toBe(known ? 4_242 : null)
  })
})
