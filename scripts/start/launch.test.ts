import { availableParallelism } from 'node:os'
import { describe, expect, it } from 'vitest'
import { webProcesses } from './launch.ts'

describe('the number of web processes', () => {
  it('is as asked', () => {
    expect(webProcesses('1', 'linux')).toBe(1)
    expect(webProcesses('64', 'linux')).toBe(64)
  })

  it('is two unless the machine has one core', () => {
    expect(webProcesses('', 'linux')).toBe(Math.min(2, availableParallelism()))
    expect(webProcesses(undefined, 'linux')).toBe(Math.min(2, availableParallelism()))
  })

  it('is one where a port cannot be shared', () => {
    expect(webProcesses('4', 'darwin')).toBe(1)
  })

  it.each(['0', '-1', '1.5', '65', 'two'])('is refused when it is %s', (asked) => {
    expect(() => webProcesses(asked, 'linux')).toThrow('WEB_PROCESSES')
  })
})
