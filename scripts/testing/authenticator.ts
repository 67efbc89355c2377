import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { Assertion, Attestation } from '#app/sign-in/passkey-answer.ts'

/** What goes wrong on purpose: each is a thing somebody may try. */
export type Twist = {
  origin?: string
  host?: string
  challenge?: string
  userVerified?: boolean
  counter?: number
}

/**
 * A device that signs, in software: what Chromium's virtual authenticator is to journeys, for tests of commands and measures.
 * Keys on P-256, no attestation, as WebAuthn says (§6.1 and §6.5).
 */
export function makeAuthenticator({ origin, host }: { origin: string; host: string }) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const id = randomBytes(16)
  let count = 0

  const authData = (twist: Twist, attested: Buffer) => {
    const flags = 0x01 | (twist.userVerified === false ? 0 : 0x04) | (attested.length > 0 ? 0x40 : 0)
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(twist.counter ?? count)
    return Buffer.concat([sha256(twist.host ?? host), Buffer.from([flags]), counter, attested])
  }
  const clientData = (type: string, challenge: string, twist: Twist) =>
    Buffer.from(
      JSON.stringify({
        ...{ type, challenge: twist.challenge ?? challenge },
        ...{ origin: twist.origin ?? origin, crossOrigin: false },
      }),
    )
  const common = {
    id: id.toString('base64url'),
    rawId: id.toString('base64url'),
    type: 'public-key',
    clientExtensionResults: {},
  } as const

  return {
    register(challenge: string, twist: Twist = {}): Attestation {
      // Map of five: EC2, ES256, P-256, x, y.
      const cose = Buffer.concat([
        Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]),
        Buffer.from(x, 'base64url'),
        Buffer.from([0x22, 0x58, 0x20]),
        Buffer.from(y, 'base64url'),
      ])
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cose])
      const data = authData(twist, attested)
      const attestationObject = Buffer.concat([
        Buffer.from([0xa3, 0x63]),
        Buffer.from('fmt'),
        Buffer.from([0x64]),
        Buffer.from('none'),
        Buffer.from([0x67]),
        Buffer.from('attStmt'),
        Buffer.from([0xa0, 0x68]),
        Buffer.from('authData'),
        Buffer.from([0x58, data.length]),
        data,
      ])
      const clientDataJSON = clientData('webauthn.create', challenge, twist).toString('base64url')
      return {
        ...common,
        authenticatorAttachment: 'platform',
        response: {
          clientDataJSON,
          attestationObject: attestationObject.toString('base64url'),
          transports: ['internal'],
        },
      }
    },
    answer(challenge: string, twist: Twist = {}): Assertion {
      count += 1
      const data = authData(twist, Buffer.alloc(0))
      const client = clientData('webauthn.get', challenge, twist)
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)
      return {
        ...common,
        authenticatorAttachment: 'platform',
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: signature.toString('base64url'),
          userHandle: null,
        },
      }
    },
  }
}

function sha256(of: string | Buffer): Buffer {
  return createHash('sha256').update(of).digest()
}
