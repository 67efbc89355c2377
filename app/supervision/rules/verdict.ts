import type { CallVerdict } from '#db/schema/supervision.ts'

/** Q.850 causes that only the called side can give: the network did its part (ITU-T E.425 counts them as effective). */
const CALLED_SIDE = new Set([16, 17, 18, 19, 21])
/** SIP answers of the called side when no cause came with them (RFC 3398, §8.2.6.1). */
const CALLED_SIDE_SIP = new Set([486, 600, 603])
/** Nobody answered in time, after it had rung. */
const NO_ANSWER_SIP = new Set([408, 480, 487])

/**
 * What a call proves. The cause of the Reason header is read before the SIP code: gateways turn many causes into one code, and
 * 503 with cause 17 is a busy room.
 */
export function verdictOf(call: { sip: number | null; cause: number | null; rang: boolean }): CallVerdict {
  const { sip, cause, rang } = call
  if (sip === null) return 'not_placed'
  if (sip >= 200 && sip < 300) return 'answered'
  if (cause !== null) return CALLED_SIDE.has(cause) ? 'reached' : 'failed'
  if (CALLED_SIDE_SIP.has(sip)) return 'reached'
  return rang && NO_ANSWER_SIP.has(sip) ? 'reached' : 'failed'
}
