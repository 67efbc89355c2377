import { askingDevice } from '#app/_doors/api.ts'
import { clockNow } from '#app/_doors/clock.ts'
import { failure, goesOn } from '#app/_doors/failure.ts'
import { refusal } from '#app/_doors/refusal.ts'
import { readFigures } from '#app/_log/figures.ts'
import { readMetrics, samplesOf } from './query.ts'
import { metricsText } from './text.ts'

/** Figures for Prometheus, for whoever has a key made for them; nothing of persons. */
export async function GET(request: Request): Promise<Response> {
  try {
    const now = clockNow()
    if ((await askingDevice(request.headers, 'metrics', now)) === null) return refusal(401)
    const own = { resident_bytes: process.memoryUsage.rss(), up: 1 }
    const samples = [
      ...(await readMetrics(now)),
      ...samplesOf(readFigures(Date.now())),
      ...Object.entries(own).map(([name, value]) => ({ name, labels: {}, value })),
    ]
    return new Response(metricsText(samples), {
      headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' },
    })
  } catch (error) {
    if (goesOn(error)) throw error
    failure('metrics', error)
    return refusal(500)
  }
}
