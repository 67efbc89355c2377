import { spawnSync } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import { primaryUrl } from '#db/connection.ts'
import type { World } from '../testing/own-service.ts'
import type { Accepted } from './intake.ts'

export type Proof = {
  acknowledged: number
  stored: number
  /** Acknowledged and not there, or under another number. */
  lost: string[]
  /** Stored twice, or journalled twice. */
  twice: string[]
  openWithoutPromise: number
  withoutVerdict: number
  jobsLeft: number
  jobsFailedForGood: number
  journal: string
  health: string
  missing: string[]
  wrong: string[]
}

/**
 * What is left to do when the intake ends is stuck when nothing of it was done for so long: neither is less left, nor is the oldest of
 * it done. Of thousands of reports that nobody takes up each deadline is news: there may be more to do than before.
 * Longer than a queue that hangs is left alone (app/_jobs/queue.ts).
 */
const STUCK_MS = 180_000
/** And then it is said how much is left, whatever is still done. */
const LONGEST_MS = 15 * 60_000

type Asked = Pick<World, 'ownerUrl' | 'base'> & { env: NodeJS.ProcessEnv }

/** Looks at what was kept, once the service has caught up; `missing`: parts of it that should live by then. */
export async function prove(
  world: Asked,
  accepted: Accepted,
  missing: () => string[] = () => [],
): Promise<Proof> {
  const owner = postgres(await primaryUrl(world.ownerUrl), { max: 1, onnotice: () => {} })
  try {
    const left = await caughtUp(world, owner)
    const kept = await owner<{ externalId: string; reference: string; lines: number }[]>`
      select external_id as "externalId", reference, (select count(*)::int from journal j
        where j.case_id = cases.id and j.event = 'case.reported') as lines
      from cases where external_id is not null`
    const byId = Map.groupBy(kept, ({ externalId }) => externalId)
    const lost = [...accepted].filter(([id, { reference }]) => byId.get(id)?.[0]?.reference !== reference)
    const twice = [...byId].filter(([, cases]) => cases.length !== 1 || cases[0]?.lines !== 1)
    const [row] = await owner`
      select count(*) filter (where next_contact_at is null)::int as unpromised from cases
      where app.is_open(state)`
    const journal = spawnSync(process.execPath, ['scripts/run.mjs', 'app/_journal/verify-cli.ts'], {
      env: world.env,
      encoding: 'utf8',
    })
    const proof = {
      acknowledged: accepted.size,
      stored: kept.length,
      lost: lost.map(([id]) => id),
      twice: twice.map(([id]) => id),
      openWithoutPromise: Number(row?.unpromised),
      ...left,
      journal: (journal.stdout + journal.stderr).trim().split('\n').at(-1) ?? '',
      missing: missing(),
    }
    const faults: [string, boolean][] = [
      ['an acknowledged report is lost', proof.lost.length > 0],
      ['a report is there twice', proof.twice.length > 0],
      ['an open case has no promise', proof.openWithoutPromise > 0],
      ['a report has no verdict', proof.withoutVerdict > 0],
      ['a job is stuck', proof.jobsLeft > 0 || proof.jobsFailedForGood > 0],
      ['the journal does not hold', journal.status !== 0],
      ['the service is not well', proof.health !== 'ok'],
      ['a process is missing', proof.missing.length > 0],
      ['nothing was accepted', accepted.size === 0],
    ]
    return { ...proof, wrong: faults.filter(([, is]) => is).map(([what]) => what) }
  } finally {
    await owner.end({ timeout: 5 })
  }
}

type Left = Pick<Proof, 'withoutVerdict' | 'jobsLeft' | 'jobsFailedForGood' | 'health'>

async function caughtUp(world: Asked, owner: postgres.Sql): Promise<Left> {
  const until = Date.now() + LONGEST_MS
  for (let [least, first, since] = [Number.POSITIVE_INFINITY, '', Date.now()]; ; await wait(500)) {
    const [row] = await owner`
      select (select count(*)::int from cases where external_id is not null and outcome is null) as "withoutVerdict",
        count(*) filter (where run_at <= now() and attempts < max_attempts)::int as "jobsLeft",
        count(*) filter (where attempts >= max_attempts)::int as "jobsFailedForGood",
        coalesce(min(id) filter (where run_at <= now() and attempts < max_attempts)::text, '') as oldest
      from graphile_worker._private_jobs`
    const health = await fetch(`${world.base}/api/health`).then(
      async (answer) => (answer.ok ? 'ok' : await answer.text()),
      (error: Error) => error.message,
    )
    const { oldest, ...counts } = row as Omit<Left, 'health'> & { oldest: string }
    const left = { ...counts, health }
    const done = left.withoutVerdict === 0 && left.jobsLeft === 0 && health === 'ok'
    const remaining = left.withoutVerdict + left.jobsLeft
    if (remaining < least || oldest !== first) since = Date.now()
    least = Math.min(least, remaining)
    first = oldest
    if (done || Date.now() - since > STUCK_MS || Date.now() > until) return left
  }
}
