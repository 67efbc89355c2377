import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { type SigningKey, signingKey } from '#app/_evidence/key.ts'
import { type Envelope, KEY, signedText } from './rules/envelope.ts'

/** What stands before the 32 bytes of an Ed25519 public key (RFC 8410). */
const PUBLIC = Buffer.from('302a300506032b6570032100', 'hex')

/** The key with which this desk signs its records, the same as its evidence; `shown` is what a neighbour is given. */
export function instanceKey({ private: key, public: open }: SigningKey = signingKey()): {
  key: KeyObject
  shown: string
} {
  return { key, shown: shownKey(open) }
}

export function signEnvelope(unsigned: Omit<Envelope, 'signature'>, key: KeyObject): Envelope {
  return { ...unsigned, signature: sign(null, Buffer.from(signedText(unsigned)), key).toString('base64url') }
}

/** Does the key that the line names itself have signed it? Whose key that is, the list of neighbours says. */
export function signatureHolds(envelope: Envelope): boolean {
  const key = publicKeyOf(envelope.author.key)
  return (
    key !== null &&
    verify(null, Buffer.from(signedText(envelope)), key, Buffer.from(envelope.signature, 'base64url'))
  )
}

/** The key a person pasted; null when it is none. */
export function publicKeyOf(shown: string): KeyObject | null {
  if (!KEY.test(shown)) return null
  try {
    return createPublicKey({
      key: Buffer.concat([PUBLIC, Buffer.from(shown, 'base64url')]),
      format: 'der',
      type: 'spki',
    })
  } catch {
    return null
  }
}

/**
 * The name under which a record leaves when something of it is hidden: its own tells the day and the case. The same for each of its
 * versions, and nobody without the key finds which it is.
 */
export function veiledId(id: string, key: KeyObject): string {
  const veil = sign(null, Buffer.from(`permanence register ${id}`), key)
  return `${id.slice(0, 2)}-${createHash('sha256').update(veil).digest('hex').slice(0, 24)}`
}

function shownKey(key: KeyObject): string {
  return key.export({ format: 'der', type: 'spki' }).subarray(PUBLIC.length).toString('base64url')
}
