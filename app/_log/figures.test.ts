import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { counting, keepFigures, readFigures } from './figures.ts'

const folder = mkdtempSync(join(tmpdir(), 'figures-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('every answer is counted by its status, a stream while it is open and not in what answers take', async () => {
  const { counted, figures } = counting((request, response) => {
    const status = Number(request.url?.slice(1))
    if (status) return response.writeHead(status).end()
    response.setHeader('content-type', 'text/event-stream; charset=utf-8')
    response.write('retry: 1000\n\n')
  })
  const server = createServer(counted).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  for (const path of ['200', '204', '404', '503']) await (await fetch(`${base}/${path}`)).arrayBuffer()
  const leave = new AbortController()
  await fetch(`${base}/live`, { signal: leave.signal })
  await expect.poll(() => figures().requests).toEqual({ '2xx': 2, '4xx': 1, '5xx': 1 })
  expect(figures()).toMatchObject({ streams: 1, underWay: 0 })
  leave.abort()
  await expect.poll(() => figures().streams).toBe(0)
  const { withinSeconds, requests } = figures()
  expect(requests['2xx']).toBe(3)
  expect(Math.max(...Object.values(withinSeconds))).toBe(4)
  server.close()
})

test('whoever is asked tells of all processes that run; of one that is gone, and of what is no figure, nothing', async () => {
  const { figures } = counting(() => {})
  const gone = { ...figures(), pid: 999_999_999 }
  writeFileSync(join(folder, '999999999.json'), JSON.stringify(gone))
  vi.useFakeTimers()
  keepFigures(() => figures({ open: 4, used: 1, waiting: 0, most: 4 }), folder)
  expect(readdirSync(folder)).toEqual([])
  vi.advanceTimersByTime(5_000)
  writeFileSync(join(folder, '1.json'), JSON.stringify({ ...figures(), pid: 1 }))
  writeFileSync(join(folder, '2.json'), '{"pid"')
  writeFileSync(join(folder, '3.json'), JSON.stringify({ ...figures(), pid: 3, at: 0 }))
  expect(
    readFigures(Date.now(), folder)
      .map(({ pid }) => pid)
      .sort(),
  ).toEqual([1, process.pid].sort())
  vi.useRealTimers()
  expect(readFigures(Date.now(), join(folder, 'nowhere'))).toEqual([])
})
