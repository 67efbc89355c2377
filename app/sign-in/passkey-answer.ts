import {
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { z } from 'zod'
import type { Site } from '#app/_auth/site.ts'
import { done, type Refusal, type Result, refused } from '#app/_doors/result.ts'
import type { passkey } from '#db/schema/identity.ts'

const text = z.string().max(20_000)
const common = {
  id: z.string().min(1).max(1_400),
  rawId: z.string().max(1_400),
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}).loose().default({}),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional().catch(undefined),
}

/** What a browser answers to a challenge, as it is sent. */
export const assertionInput = z.object({
  ...common,
  response: z.object({
    clientDataJSON: text,
    authenticatorData: text,
    signature: text,
    userHandle: z.string().max(200).nullish(),
  }),
})
export const attestationInput = z.object({
  ...common,
  response: z.object({
    clientDataJSON: text,
    attestationObject: text,
    transports: z.array(z.string().max(30)).max(10).optional(),
  }),
})
export type Assertion = z.infer<typeof assertionInput>
export type Attestation = z.infer<typeof attestationInput>

/** EdDSA, ES256, RS256: what devices have. Named, so that a new version of the library changes nothing by itself. */
export const ALGORITHMS = [-8, -7, -257]

type Stored = Pick<typeof passkey.$inferSelect, 'credentialId' | 'publicKey'>

/** Whether this device signed this challenge, here, and knew its owner: the count it says, or why not. */
export async function readAssertion(
  answer: Assertion,
  stored: Stored,
  challenge: string,
  { origin, host }: Site,
): Promise<Result<{ counter: number; backedUp: boolean }>> {
  const read = await judged(answer, challenge, origin, async () => {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: host,
      // Its count is judged by rules/counter.ts, once it is known that it signed.
      credential: { id: stored.credentialId, publicKey: new Uint8Array(stored.publicKey), counter: 0 },
      requireUserVerification: false,
    })
    return verified ? authenticationInfo : null
  })
  return read.ok ? done({ counter: read.value.newCounter, backedUp: read.value.credentialBackedUp }) : read
}

export type Made = { credentialId: string; publicKey: Uint8Array; counter: number; backedUp: boolean }

/** The passkey that a device has just made, or why it is not taken. */
export async function readAttestation(
  answer: Attestation,
  challenge: string,
  { origin, host }: Site,
): Promise<Result<Made>> {
  const read = await judged(answer, challenge, origin, async () => {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: answer as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: host,
      requireUserVerification: false,
      supportedAlgorithmIDs: ALGORITHMS,
    })
    return verified ? registrationInfo : null
  })
  if (!read.ok) return read
  const { credential, credentialBackedUp: backedUp } = read.value
  const { id: credentialId, publicKey, counter } = credential
  return done({ credentialId, publicKey, counter, backedUp })
}

/** What the library says of it, when all holds: each other case in a word of ours. */
async function judged<Info extends { userVerified: boolean }>(
  { response }: Assertion | Attestation,
  challenge: string,
  origin: string,
  verify: () => Promise<Info | null>,
): Promise<Result<Info>> {
  const early = misplaced(response.clientDataJSON, challenge, origin)
  if (early) return early
  try {
    const info = await verify()
    if (!info) return refused('auth.passkey.refused')
    return info.userVerified ? done(info) : refused('auth.passkey.unverified')
  } catch {
    // The library says why by an error of English words.
    return refused('auth.passkey.refused')
  }
}

// Said apart from "refused": an old page and a copied page are two different things to do about.
function misplaced(clientDataJSON: string, challenge: string, origin: string): Refusal | null {
  try {
    const said = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')) as Record<
      string,
      unknown
    >
    if (said.origin !== origin) return refused('auth.passkey.elsewhere')
    return said.challenge === challenge ? null : refused('auth.passkey.expired')
  } catch {
    return refused('auth.passkey.refused')
  }
}
