import autocannon from 'autocannon'

export type Asked = {
  method?: 'GET' | 'POST' | 'PATCH'
  path: string
  headers?: Record<string, string>
  body?: string
}
export type Figures = {
  connections: number
  perSecond: number
  p50: number
  p95: number
  p99: number
  requests: number
  failed: number
}

/** Asks over and over for so many seconds through so many connections; each request is made anew by `next`. Times in ms. */
export async function load(
  base: string,
  connections: number,
  seconds: number,
  next: () => Asked,
): Promise<Figures> {
  const times: number[] = []
  let failed = 0
  const startedAt = performance.now()
  const running = autocannon({
    url: base,
    connections,
    duration: seconds,
    timeout: 30,
    requests: [{ setupRequest: (request) => ({ ...request, ...next() }) }],
    setupClient: (client) => {
      client.on('response', (status: number, _bytes: number, ms: number) => {
        if (status < 300) times.push(ms)
        else failed += 1
      })
    },
  })
  await running
  const took = (performance.now() - startedAt) / 1000
  const [p50, p95, p99] = percentiles(times, [50, 95, 99])
  return {
    connections,
    perSecond: round(times.length / took),
    p50: p50 ?? 0,
    p95: p95 ?? 0,
    p99: p99 ?? 0,
    requests: times.length,
    failed,
  }
}

export function percentiles(values: number[], wanted: number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b)
  return wanted.map((p) => round(sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)] ?? 0))
}

export function round(value: number): number {
  return Math.round(value * 10) / 10
}
