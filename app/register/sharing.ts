import { instanceKey, signEnvelope, veiledId } from './instance-key.ts'
import type { Standing } from './queries.ts'
import {
  ANONYMITY_FIELDS,
  type Anonymity,
  anonymised,
  hiding,
  judgeAnonymity,
  OPEN,
} from './rules/anonymity.ts'
import { ENVELOPE, type Envelope } from './rules/envelope.ts'
import { mayLeave, type Reader } from './rules/tlp.ts'

export type Leaving =
  | { ok: true; line: string; envelope: Envelope }
  | { ok: false; key: string; values?: Record<string, string | number> }

/** One record of ours as a signed line for that reader; or why it does not leave. Only its author passes a record on. */
export function lineFor(
  one: Standing,
  to: Reader,
  register: readonly Standing[],
  author: string,
  hide: Anonymity = OPEN,
): Leaving {
  if (one.origin !== 'own') return { ok: false, key: 'register.refused.not_ours' }
  if (!mayLeave(one.tlp, to)) return { ok: false, key: 'register.refused.label', values: { tlp: one.tlp } }
  // The same key signs what we say openly: in public it would name us. A neighbour knows who hands it, and passes it on without us.
  if (to === 'public' && hide.operator) return { ok: false, key: 'register.refused.anonymous_in_public' }
  const verdict = judgeAnonymity(
    one.loss,
    hide,
    register.map(({ loss }) => loss),
  )
  if (!verdict.ok) return verdict
  const { key, shown } = instanceKey()
  const veiled = hide.operator || hide.hours
  const envelope = signEnvelope(
    {
      envelope: ENVELOPE,
      author: { name: hide.operator ? one.loss.operator.role : author, key: shown },
      tlp: one.tlp,
      anonymised: ANONYMITY_FIELDS.filter((field) => hide[field]),
      record: { ...anonymised(one.loss, hide), ...(veiled && { id: veiledId(one.loss.id, key) }) },
    },
    key,
  )
  return { ok: true, envelope, line: JSON.stringify(envelope) }
}

/** How a record of ours leaves by itself, as its author chose when he published it. */
export function hiddenOf({ anonymised: fields }: Pick<Standing, 'anonymised'>): Anonymity {
  return hiding((field) => fields.includes(field))
}

/** What a neighbour, or anybody, may pull: each line signed; what may not leave is not there. */
export function feedFor(to: Reader, register: readonly Standing[], author: string): string {
  const lines = register.flatMap((one) => {
    const leaving = lineFor(one, to, register, author, hiddenOf(one))
    return leaving.ok ? [leaving.line] : []
  })
  return lines.map((line) => `${line}\n`).join('')
}
