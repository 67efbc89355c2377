import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { clockNow } from '#app/_doors/clock.ts'
import { sentenceOf } from '#app/_log/cause.ts'
import { log } from '#app/_log/log.ts'
import { traced } from '#app/_log/traces.ts'
import { Lane } from '#db/lane.ts'
import { asActor, together } from '#db/transaction.ts'
import { actorOf, type Clock, saidOf, type Turned } from './clocks.ts'
import { isDue, isKept } from './due.ts'
import { began, failed, succeeded } from './pulse.ts'

/** A clock that is woken again and again rests between two turns: so long, and so many times as long as the last one took. */
const REST_MS = 250
const REST = 3
/** What turns seldom is looked at this often: whether its hour has come, and after a failure. */
const LOOK_S = 60

/** An orderly stop waits so long for a turn that has begun. */
const LAST_TURN_MS = 3_000

/** And for what goes on after it, which has given something to a far side and is to write down what became of it. */
const GOES_ON_MS = 4_000

export type Supervised = { wake(): void; stop(): Promise<void> }

/** Turns one clock for ever, alone: what hangs, fails or is locked elsewhere is not its affair, and its own is nobody else's. */
export function supervise(name: string, clock: Clock): Supervised {
  const lane = new Lane(clock.limit * 1000)
  const pause = new Pause()
  let stopped = false
  let woken = false
  const loop = async () => {
    while (!stopped) {
      woken = false
      const from = performance.now()
      const turned = await turnOnce(name, clock, lane)
      if (turned === 'more') continue
      // Whoever has it may have begun before what this one was woken for.
      if (turned === 'held') woken ||= !isKept(clock)
      const every = Math.min(clock.every, LOOK_S) * 1000
      const rest = Math.min(every, Math.max(REST_MS, REST * (performance.now() - from)))
      await pause.for(rest, () => stopped)
      await pause.for(every - rest, () => stopped || woken)
    }
  }
  const ended = loop()
  return {
    wake() {
      woken = true
      pause.look()
    },
    async stop() {
      stopped = true
      pause.look()
      await Promise.race([ended, wait(LAST_TURN_MS, null, { ref: false })])
      await Promise.race([clock.goesOn?.(), wait(GOES_ON_MS, null, { ref: false })])
      lane.cut()
    },
  }
}

type Outcome = 'turned' | 'more' | 'held' | 'early' | 'failed'

/** One turn under its lock; whatever happens is remembered, nothing is thrown. */
export async function turnOnce(name: string, clock: Clock, lane: Lane): Promise<Outcome> {
  const actor = actorOf(clock)
  try {
    const turned = await lane.run((signal) => {
      const turn = async () => {
        began(name)
        const at = { actor, now: clockNow(), clock: clockNow, signal }
        return saidOf(await traced(`clock ${name}`, async () => clock.turn(at)))
      }
      return clock.own ? turn() : underLock(actor, name, clock, turn)
    })
    if (turned === 'held' || turned === 'early') return turned
    if (turned.failed) return fail(name, turned.failed)
    if (succeeded(name)) log.info({ clock: name }, 'clock turns again')
    return turned.more ? 'more' : 'turned'
  } catch (error) {
    return fail(name, error)
  }
}

/** The lock and what the turn does as this actor are one transaction: both go with a connection that is lost. */
function underLock(
  actor: MachineActor,
  name: string,
  clock: Clock,
  turn: () => Promise<Turned>,
): Promise<Turned | 'held' | 'early'> {
  return together(actor, async () => {
    const claimed = await claim(actor, name, clock)
    if (claimed !== 'mine') return claimed
    const turned = await turn()
    if (isKept(clock) && !turned.failed && !turned.more) await keep(actor, name)
    return turned
  })
}

async function claim(actor: MachineActor, name: string, clock: Clock): Promise<'mine' | 'held' | 'early'> {
  return asActor(actor, async (tx) => {
    const [lock] = await tx.execute<{ mine: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtext(${`clock:${name}`})) as mine`,
    )
    if (!lock?.mine) return 'held'
    if (!isKept(clock)) return 'mine'
    const [row] = await tx.execute<{ age: number | null }>(
      sql`select extract(epoch from clock_timestamp() - succeeded_at)::float8 as age from clock where name = ${name}`,
    )
    const now = new Date()
    const last = row?.age == null ? null : new Date(now.getTime() - row.age * 1000)
    return isDue(clock, last, now) ? 'mine' : 'early'
  })
}

/** Before the lock goes: the next worker to have it must find it done. */
async function keep(actor: MachineActor, name: string): Promise<void> {
  await asActor(actor, (tx) =>
    tx.execute(sql`update clock set succeeded_at = clock_timestamp() where name = ${name}`),
  )
}

/** Said when it is news, and now and then while it lasts: a clock that fails every second would fill a disk. */
function fail(name: string, error: unknown): 'failed' {
  const times = failed(name, sentenceOf(error))
  if (times === 1 || times % SAID_AGAIN === 0) log.error({ clock: name, times, error }, 'clock failed')
  return 'failed'
}

const SAID_AGAIN = 60

/** Waits for a time, or until what it waits for is true already. */
class Pause {
  #look: () => void = () => {}

  for(ms: number, over: () => boolean): Promise<void> {
    if (over() || ms <= 0) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#look = () => {
        if (!over()) return
        clearTimeout(timer)
        resolve()
      }
    })
  }

  look(): void {
    this.#look()
  }
}
