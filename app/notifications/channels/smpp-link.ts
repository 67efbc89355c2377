import smpp, { type Pdu, type Session } from 'smpp'
import { readReceipt } from '../rules/sms.ts'

export type SmppRoute = {
  host: string
  port: number
  tls: boolean
  systemId: string
  password: string
  systemType: string
  /** Messages on their way without an answer, at most. */
  window: number
}

/** What the far side tells of itself. */
export type Heard =
  | { kind: 'receipt'; id: string; says: 'delivered' | 'failed' }
  | { kind: 'words'; from: string; words: string }

export type Submitted = { id: string } | { retry: string } | { never: string }

/** Seconds: how long an answer is waited for (SMPP 3.4 §7.2: response_timer), how long silence lasts before the link is asked. */
export const RESPONSE_S = 10
export const ENQUIRE_S = 30
/** Before each new try to connect; the last one is kept to. */
export const RECONNECT_S = [1, 2, 4, 8, 16, 30] as const
/** The far side has too much: nothing more is given to it for so long. */
const THROTTLED_MS = 1_000
/** A message waits so long for a link that is just coming back: then another route is better. */
const CONNECTING_MS = 2_000

const STATUS = {
  ok: 0x00,
  invalidDestination: 0x0b,
  queueFull: 0x14,
  destinationFlag: 0x40,
  destinationTon: 0x50,
  destinationNpi: 0x51,
  throttled: 0x58,
  /** Ours, to the far side: tell me again later. */
  notNow: 0x64,
} as const
const NEVER: ReadonlySet<number> = new Set([
  STATUS.invalidDestination,
  STATUS.destinationFlag,
  STATUS.destinationTon,
  STATUS.destinationNpi,
])

export type SmppLink = ReturnType<typeof smppLink>

/**
 * One bound link to a message centre (SMPP 3.4, transceiver): it comes back by itself, tells when it is asked whether it is
 * there, and hears receipts and answers. `hear` ends before they are acknowledged: what it could not keep is told again.
 */
export function smppLink(route: SmppRoute, hear: (heard: Heard) => Promise<void>) {
  let session: Session | null = null
  let bound = false
  let ended = false
  let failures = 0
  let error: string | null = null
  let heldUntil = 0
  let lastHeard = 0
  let onWay = 0
  let timer: NodeJS.Timeout | undefined
  const waiting: (() => void)[] = []
  const unanswered = new Set<(cause: Error) => void>()

  function connect(): void {
    if (session || ended) return
    clearTimeout(timer)
    const { host, port, tls } = route
    const mine = smpp.connect(tls ? { host, port, tls, servername: host } : { host, port })
    session = mine
    const lost = (cause: string) => {
      if (session !== mine) return
      session = null
      bound = false
      error = cause
      mine.destroy()
      for (const fail of unanswered) fail(new Error(`the link was cut: ${cause}`))
      const [last] = RECONNECT_S.slice(-1)
      const pause = RECONNECT_S[failures] ?? last ?? 0
      failures += 1
      if (!ended) timer = setTimeout(connect, pause * 1000).unref()
    }
    const patience = setTimeout(() => lost('no answer to the bind'), RESPONSE_S * 1000).unref()
    mine.on('error', (cause: Error) => lost(cause.message || String(cause)))
    mine.on('close', () => lost(error ?? 'closed by the far side'))
    mine.on(route.tls ? 'secureConnect' : 'connect', () => {
      const { systemId: system_id, password, systemType: system_type } = route
      mine.bind_transceiver({ system_id, password, system_type, interface_version: 0x34 }, (answer) => {
        clearTimeout(patience)
        if (answer.command_status !== STATUS.ok) return lost(`bind refused: ${code(answer)}`)
        bound = true
        failures = 0
        error = null
        lastHeard = performance.now()
        keepAsking(mine, lost)
        wakeAll()
      })
    })
    mine.on('pdu', () => {
      lastHeard = performance.now()
    })
    mine.on('enquire_link', (pdu: Pdu) => mine.send(pdu.response()))
    mine.on('unbind', (pdu: Pdu) => {
      mine.send(pdu.response())
      lost('unbound by the far side')
    })
    mine.on('deliver_sm', (pdu: Pdu) => void take(mine, pdu))
  }

  function keepAsking(mine: Session, lost: (cause: string) => void): void {
    const asking = setInterval(() => {
      if (session !== mine) return clearInterval(asking)
      if (performance.now() - lastHeard < ENQUIRE_S * 1000) return
      const patience = setTimeout(() => lost('enquire_link was not answered'), RESPONSE_S * 1000).unref()
      mine.enquire_link(() => clearTimeout(patience))
    }, ENQUIRE_S * 500).unref()
  }

  async function take(mine: Session, pdu: Pdu): Promise<void> {
    try {
      const heard = heardIn(pdu)
      if (heard) await hear(heard)
      mine.send(pdu.response())
    } catch {
      mine.send(pdu.response({ command_status: STATUS.notNow }))
    }
  }

  function wakeAll(): void {
    for (const wake of waiting.splice(0)) wake()
  }

  /** Until something may have changed, or for so long. */
  function change(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const late = setTimeout(resolve, ms)
      waiting.push(() => {
        clearTimeout(late)
        resolve()
      })
    })
  }

  /** A place in the window, taken as it is found free: many wake at once. Null when it is had, else why not. */
  async function place(signal: AbortSignal): Promise<string | null> {
    const began = performance.now()
    for (;;) {
      const now = performance.now()
      if (ended) return 'the link is closed'
      if (!bound) {
        connect()
        if (now - began > CONNECTING_MS || signal.aborted) return error ?? 'not connected'
        await change(CONNECTING_MS / 10)
      } else if (signal.aborted) return 'the far side has too much to do'
      else if (now < heldUntil) await change(heldUntil - now)
      else if (onWay < route.window) {
        onWay += 1
        return null
      } else await change(THROTTLED_MS)
    }
  }

  /** Throws when it may have gone out and nobody can say. */
  async function submit(fields: Record<string, unknown>, signal: AbortSignal): Promise<Submitted> {
    for (;;) {
      const why = await place(signal)
      if (why !== null) return { retry: why }
      const answer = await ask(fields)
      if (!answer) return { retry: 'the link was just cut' }
      const { command_status: status, message_id: id } = answer
      if (status === STATUS.ok) return { id: id ?? '' }
      if (status === STATUS.throttled || status === STATUS.queueFull)
        heldUntil = performance.now() + THROTTLED_MS
      else return NEVER.has(status) ? { never: code(answer) } : { retry: code(answer) }
    }
  }

  /** Gives back the place that was taken for it, whatever comes of it. */
  function ask(fields: Record<string, unknown>): Promise<Pdu | null> {
    return new Promise<Pdu | null>((resolve, reject) => {
      const end = () => {
        clearTimeout(late)
        unanswered.delete(fail)
        onWay -= 1
        wakeAll()
      }
      const fail = (cause: Error) => {
        end()
        reject(cause)
      }
      const late = setTimeout(
        () => fail(new Error('no answer within the response timer')),
        RESPONSE_S * 1000,
      ).unref()
      unanswered.add(fail)
      const written = session?.submit_sm(fields, (pdu) => {
        if (!unanswered.has(fail)) return
        end()
        resolve(pdu)
      })
      if (!written) {
        end()
        resolve(null)
      }
    })
  }

  return {
    attend: connect,
    submit,
    state: () => ({ bound, error }),
    async close(): Promise<void> {
      ended = true
      clearTimeout(timer)
      const mine = session
      if (!mine) return
      if (bound)
        await new Promise<void>((resolve) => {
          const late = setTimeout(resolve, 1_000)
          const written = mine.unbind(() => {
            clearTimeout(late)
            resolve()
          })
          if (!written) resolve()
        })
      session = null
      mine.destroy()
      wakeAll()
    },
  }
}

/** A receipt that says nothing final is no news. */
function heardIn(pdu: Pdu): Heard | null {
  const words = String(pdu.short_message?.message || pdu.message_payload?.message || '')
  const isReceipt = ((pdu.esm_class ?? 0) & 0x3c) === 0x04 || pdu.receipted_message_id !== undefined
  if (!isReceipt) return { kind: 'words', from: pdu.source_addr ?? '', words }
  const read = readReceipt(words, { id: pdu.receipted_message_id, state: pdu.message_state })
  return read?.says ? { kind: 'receipt', id: read.id, says: read.says } : null
}

function code(pdu: Pdu): string {
  return `status 0x${pdu.command_status.toString(16).padStart(2, '0')}`
}
