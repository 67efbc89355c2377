/**
 * A time-stamp by an authority that is neither we nor the database's owner (RFC 3161), when one is set. Only the digest leaves.
 * What comes back is kept as it is; that it holds is for whoever checks: openssl ts -verify.
 */
export async function timeStamp(
  imprint: Buffer,
  url = process.env.PERMANENCE_TSA_URL,
): Promise<Buffer | null> {
  if (!url) return null
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/timestamp-query' },
    body: new Uint8Array(queryOf(imprint)),
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  if (!answer.ok) throw new Error(`the time-stamp authority answered ${answer.status}`)
  const reply = Buffer.from(await answer.arrayBuffer())
  if (reply.length > MOST_BYTES || !isGranted(reply) || !reply.includes(imprint))
    throw new Error('the time-stamp authority did not stamp what was asked')
  return reply
}

const PATIENCE_MS = 5_000
const MOST_BYTES = 64 * 1024
/** Object identifier of SHA-256, 2.16.840.1.101.3.4.2.1, with no parameters. */
const SHA256 = Buffer.from('300d06096086480165030402010500', 'hex')
const VERSION_1 = Buffer.from('020101', 'hex')
/** The certificate is wanted in the answer: whoever checks it years later may find it nowhere else. */
const WITH_CERTIFICATE = Buffer.from('0101ff', 'hex')

/** TimeStampReq in DER. No nonce: the digest is asked once, and of a text with its hour. */
export function queryOf(imprint: Buffer): Buffer {
  return sequence(VERSION_1, sequence(SHA256, der(0x04, imprint)), WITH_CERTIFICATE)
}

/** PKIStatus 0 or 1, at the beginning of the answer. */
function isGranted(reply: Buffer): boolean {
  return /^30(?:[0-7].|8[1-4](?:..){1,4}?)30(?:[0-7].|8[1-4](?:..){1,4}?)02010[01]/.test(
    reply.subarray(0, 32).toString('hex'),
  )
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts))
}

/** Nothing asked here is 128 bytes long: one byte says how long. */
function der(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag, content.length]), content])
}
