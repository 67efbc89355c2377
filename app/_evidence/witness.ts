import {
  appendFileSync,
  closeSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { resolve } from 'node:path'
import type { MachineActor } from '#app/_auth/actor.ts'
import { sendLetter } from '#app/notifications/channels/mail.ts'
import { readSettings } from '#app/notifications/channels/settings.ts'
import { asActor } from '#db/transaction.ts'
import { imprintOf } from './bundle.ts'
import { checkpointPath } from './checkpoints.ts'
import { timeStamp } from './time-stamp.ts'

/**
 * The file of checkpoints carried where neither the owner of the database nor whoever takes this host reaches: to a second
 * address as it grows, and the last checkpoint by mail once a day. Where to is said in the environment, not in the database.
 */
type Sent = { bytes: number; mailedAt: string | null; stampedAt: string | null }

const NOTHING_SENT: Sent = { bytes: 0, mailedAt: null, stampedAt: null }
const MOST_BYTES = 1 << 20
const PATIENCE_MS = 20_000
const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

export async function tellWitnesses(
  actor: MachineActor,
  now: Date,
  signal: AbortSignal,
  env: Record<string, string | undefined> = process.env,
): Promise<{ more?: boolean; failed?: unknown }> {
  const path = checkpointPath(env)
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size === 0) return {}
  const sent = readSent(path)
  // The file began again: its witnesses are told from its first line.
  if (sent.bytes > size) Object.assign(sent, NOTHING_SENT)
  const failures: unknown[] = []
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work()
      keepSent(path, sent)
    } catch (error) {
      failures.push(error)
    }
  }
  if (env.PERMANENCE_TSA_URL && isOver(sent.stampedAt, now, HOUR_MS))
    await attempt(async () => {
      await stampLast(path, env.PERMANENCE_TSA_URL as string)
      sent.stampedAt = now.toISOString()
    })
  if (env.PERMANENCE_WITNESS_URL && sent.bytes < size)
    await attempt(async () => {
      sent.bytes += await post(path, sent.bytes, env, signal)
    })
  if (env.PERMANENCE_WITNESS_MAIL && isOver(sent.mailedAt, now, DAY_MS))
    await attempt(async () => {
      await mailLast(actor, path, env.PERMANENCE_WITNESS_MAIL as string, signal)
      sent.mailedAt = now.toISOString()
    })
  if (failures.length > 0) return { failed: failures[0] }
  return { more: env.PERMANENCE_WITNESS_URL !== undefined && sent.bytes < size }
}

/** The next whole lines of the file, where they stand in it: said twice, they are written once. */
async function post(
  path: string,
  from: number,
  env: Record<string, string | undefined>,
  signal: AbortSignal,
): Promise<number> {
  const part = readPart(path, from)
  const body = part.subarray(0, part.lastIndexOf('\n') + 1)
  const { PERMANENCE_WITNESS_URL: url, PERMANENCE_WITNESS_TOKEN: token } = env
  const answer = await fetch(url as string, {
    method: 'POST',
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'x-checkpoints-from': String(from),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: new Uint8Array(body),
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
  })
  if (!answer.ok) throw new Error(`the witness answered ${answer.status}`)
  return body.length
}

async function mailLast(actor: MachineActor, path: string, to: string, signal: AbortSignal): Promise<void> {
  const { mail } = await asActor(actor, readSettings)
  if (!mail) throw new Error('no mail server is set, and PERMANENCE_WITNESS_MAIL asks for mail')
  const { text, n } = lastOf(path)
  await sendLetter(
    mail,
    {
      to,
      subject: `Permanence : point de contrôle ${n} de la main courante`,
      text: `Gardez ce courriel : il prouve la main courante contre qui voudrait la réécrire.\nKeep this letter: it proves the journal against whoever would rewrite it.\n\n${text}`,
      name: `checkpoint-${n}`,
    },
    signal,
  )
}

/** A line of its own, after the signature that it dates. */
async function stampLast(path: string, url: string): Promise<void> {
  const { payload } = lastOf(path)
  const stamp = await timeStamp(imprintOf(payload), url)
  if (!stamp) return
  // Another may have been signed meanwhile: which one it dates stands in the stamp itself.
  appendFileSync(path, `timestamp ${stamp.toString('base64')}\n`, { flush: true })
}

/** The last thing signed, with its signature. */
function lastOf(path: string): { payload: string; text: string; n: number } {
  const { size } = statSync(path)
  const lines = readPart(path, Math.max(0, size - TAIL_BYTES))
    .toString('utf8')
    .split('\n')
  const at = lines.findLastIndex((line) => line.startsWith('signature '))
  const [payload, signature] = [lines[at - 1] ?? '', lines[at] ?? '']
  const { n } = JSON.parse(payload) as { n: number }
  return { payload: `${payload}\n`, text: `${payload}\n${signature}\n`, n }
}

/** More than what is signed, its signature and a stamp take. */
const TAIL_BYTES = 64 * 1024

function readPart(path: string, from: number): Buffer {
  const file = openSync(path, 'r')
  try {
    const part = Buffer.alloc(MOST_BYTES)
    return part.subarray(0, readSync(file, part, 0, MOST_BYTES, from))
  } finally {
    closeSync(file)
  }
}

function isOver(at: string | null, now: Date, ms: number): boolean {
  return at === null || now.getTime() - Date.parse(at) >= ms
}

function readSent(path: string): Sent {
  try {
    return {
      ...NOTHING_SENT,
      ...(JSON.parse(readFileSync(`${resolve(path)}.sent`, 'utf8')) as Partial<Sent>),
    }
  } catch {
    // Told again from the beginning: a witness writes each line once.
    return { ...NOTHING_SENT }
  }
}

function keepSent(path: string, sent: Sent): void {
  const beside = `${resolve(path)}.sent`
  writeFileSync(`${beside}.new`, JSON.stringify(sent), { mode: 0o600 })
  renameSync(`${beside}.new`, beside)
}
