import type { Sample } from './query.ts'

/** What each figure is, in the words of the exposition format; gauges, read when they are asked for, but for totals that only grow. */
export const FIGURES: Record<string, string> = {
  cases_open: 'Open cases by state and level',
  reports_last_hour: 'Reports received in the last hour',
  promises_missed: 'Open cases whose promised contact was missed',
  oldest_unacknowledged_seconds: 'Age of the oldest report nobody has acknowledged',
  outbox: 'Messages by channel and state, of the last day and waiting',
  outbox_oldest_queued_seconds: 'Age of the oldest message that waits',
  clock_age_seconds: 'Since each clock of the worker last succeeded',
  clock_late_after_seconds: 'From which age a clock is late',
  calls_last_hour: 'Calls of the hotline that began in the last hour, by direction and what became of them',
  calls_to_call_back: 'Calls of the hotline that nobody answered, to be called back',
  probe_silence_seconds: 'Since each probe was last heard of',
  test_calls_last_hour: 'Test calls of the last hour by number, passed or not',
  proposals_open: 'Proposals that wait for a person',
  test_calls_stopped: 'One while test calls are stopped on the page',
  http_requests_total: 'Requests answered by each web process, by class of status',
  http_within_seconds_total:
    'Requests answered within so many seconds, streams left out; each bound counts all below it',
  http_seconds_total: 'Seconds that all those took together',
  http_under_way: 'Requests that are being answered',
  live_streams: 'Pages that listen for hints',
  pool: 'Connections to the database of each web process: open, used, waited for, most there may be',
  resident_bytes: 'Memory of the process that answers this',
  up: 'The database has answered',
}

/** Prometheus text exposition format 0.0.4. A name without a sample is left out; a value that is no number is none. */
export function metricsText(samples: readonly Sample[]): string {
  const lines: string[] = []
  for (const [name, help] of Object.entries(FIGURES)) {
    const found = samples.filter((one) => one.name === name && Number.isFinite(Number(one.value)))
    if (found.length === 0) continue
    lines.push(
      `# HELP permanence_${name} ${help}`,
      `# TYPE permanence_${name} ${name.endsWith('_total') ? 'counter' : 'gauge'}`,
    )
    for (const { labels, value } of found)
      lines.push(`permanence_${name}${labelled(labels)} ${Number(value)}`)
  }
  return `${lines.join('\n')}\n`
}

function labelled(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(String(value))}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
