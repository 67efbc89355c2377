import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { takeLock, tryLock } from './lock.ts'

const directory = mkdtempSync(join(tmpdir(), 'permanence-lock-'))
afterAll(() => rmSync(directory, { recursive: true }))

it('has one holder, until it is released', () => {
  const first = takeLock(directory, 3000)
  expect(first.isHeld()).toBe(true)
  expect(tryLock(directory)).toMatchObject({ pid: process.pid, port: 3000 })
  expect(() => takeLock(directory)).toThrow(`Permanence already runs on ${directory}`)
  first.release()
  const second = takeLock(directory)
  expect(second.isHeld()).toBe(true)
  second.release()
})

it('of a process that is gone is taken over, and known as lost when another takes it', () => {
  writeFileSync(join(directory, 'lock'), JSON.stringify({ pid: process.pid, since: 'another life' }))
  const taken = takeLock(directory)
  expect(taken.isHeld()).toBe(true)
  writeFileSync(join(directory, 'lock'), '{"pid":1,"since":"somebody else"}')
  expect(taken.isHeld()).toBe(false)
  taken.release()
  expect(tryLock(directory)).toMatchObject({ isHeld: expect.any(Function) })
})
