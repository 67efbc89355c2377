/** What sipp wrote of one call; hours in epoch ms. */
export type Heard = {
  id: string
  sip: number
  rang: boolean
  /** Until it rang, was answered or was refused: post-dial delay. */
  delayMs: number | null
  talkMs: number | null
  reason: string
  sentAt: number | null
}

const LINE = /CALL id=(\S+) code=(\d{3}) sent=(\S*) ring=(\S*) answer=(\S*) end=(\S*) reason=(.*)$/gm

/** The lines of sipp's log that are whole; the rest is of a call that still goes on. */
export function readLog(text: string): Heard[] {
  return [...text.matchAll(LINE)].map(
    ([, id = '', code, sent = '', ring = '', answer = '', end = '', reason = '']) => {
      const [sentAt, rangAt, answeredAt, endedAt] = [sent, ring, answer, end].map(instant)
      const first = rangAt ?? answeredAt ?? endedAt ?? null
      return {
        id,
        sip: Number(code),
        rang: (rangAt ?? answeredAt) !== null,
        delayMs: sentAt == null || first === null ? null : Math.max(0, Math.round(first - sentAt)),
        talkMs: answeredAt == null || endedAt == null ? null : Math.max(0, Math.round(endedAt - answeredAt)),
        reason: reason.trim(),
        sentAt: sentAt ?? null,
      }
    },
  )
}

/** `seconds.microseconds`, each as sipp writes a number: 1764151200.000000.42.000000 is forty-two microseconds after. */
function instant(text: string): number | null {
  const [, seconds, , micros] = /^(\d+)(\.0+)?\.(\d+)(?:\.\d+)?$/.exec(text) ?? []
  if (seconds === undefined || Number(seconds) === 0) return null
  return Number(seconds) * 1000 + Number(micros) / 1000
}

/** The Q.850 cause of a Reason header (RFC 3326), whatever stands beside it: `SIP;cause=503, Q.850;cause=38;text="…"`. */
export function causeOf(reason: string): number | null {
  const [, found] = /q\.850\s*;(?:[^,]*;)?\s*cause\s*=\s*(\d{1,3})/i.exec(reason) ?? []
  const cause = Number(found)
  return found !== undefined && cause >= 1 && cause <= 127 ? cause : null
}
