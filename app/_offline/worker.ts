/** A report that waits on this device, as its worker tells of it: never its words. */
export type Waiting = {
  id: string
  /** Whose it is, and in which world it was written: the account and its exercise. */
  owner: string
  writtenAt: string
  state: 'waiting' | 'signed_out' | 'refused' | 'sent' | 'unreadable'
  why?: string
  reference?: string
}

/** All of a kept report: what its form held. */
export type KeptReport = { id: string; owner: string; writtenAt: string; entries: [string, string][] }

const ANSWER_MS = 5_000
/** Chosen on this device: several people use it, nothing is kept. */
const SHARED = 'shared-device'

/** What the worker answers; null without one, or when it does not answer. */
export async function askWorker<Answer>(ask: string, what: object = {}): Promise<Answer | null> {
  const worker = navigator.serviceWorker?.controller
  if (!worker) return null
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), ANSWER_MS)
    port1.onmessage = ({ data }: MessageEvent<{ value?: Answer }>) => {
      clearTimeout(timer)
      resolve(data.value ?? null)
    }
    worker.postMessage({ ask, ...what }, [port2])
  })
}

/**
 * Keeps a report that did not get through; 'kept', or 'unsure' where the browser may throw it away when it lacks room; null when
 * it could not be kept.
 */
export async function keepReport(data: FormData, owner: string): Promise<'kept' | 'unsure' | null> {
  if (isShared()) return null
  const entries = [...data].filter(([name, value]) => typeof value === 'string' && !name.startsWith('$'))
  const id = String(data.get('submissionId') ?? '')
  const kept = await askWorker('keep', { id, owner, writtenAt: new Date().toISOString(), entries })
  if (!kept) return null
  return (await navigator.storage?.persist?.().catch(() => false)) ? 'kept' : 'unsure'
}

export function isShared(): boolean {
  try {
    return localStorage.getItem(SHARED) === '1'
  } catch {
    return false
  }
}

export function setShared(shared: boolean): void {
  try {
    if (shared) localStorage.setItem(SHARED, '1')
    else localStorage.removeItem(SHARED)
  } catch {
    // Storage refused by the browser: it keeps nothing anyway.
  }
}
