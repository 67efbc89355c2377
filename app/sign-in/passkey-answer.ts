import {
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { z } from 'zod'
import type { Site } from '#app/_auth/site.ts'
import { type Refusal, refused } from '#app/_doors/result.ts'
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
): Promise<{ ok: true; counter: number; backedUp: boolean } | Refusal> {
  const early = misplaced(answer.response.clientDataJSON, challenge, origin)
  if (early) return early
  try {
    const { verified, authenticationInfo: info } = await verifyAuthenticationResponse({
      response: answer as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: host,
      // Its count is judged by rules/counter.ts, once it is known that it signed.
      credential: { id: stored.credentialId, publicKey: new Uint8Array(stored.publicKey), counter: 0 },
      requireUserVerification: false,
    })
    if (!verified) return refused('auth.passkey.refused')
    if (!info.userVerified) return refused('auth.passkey.unverified')
    return { ok: true, counter: info.newCounter, backedUp: info.credentialBackedUp }
  } catch {
    // The library says why by an error of English words.
    return refused('auth.passkey.refused')
  }
}

/** The passkey that a device has just made, or why it is not taken. */
export async function readAttestation(
  answer: Attestation,
  challenge: string,
  { origin, host }: Site,
): Promise<
  { ok: true; credentialId: string; publicKey: Uint8Array; counter: number; backedUp: boolean } | Refusal
> {
  const early = misplaced(answer.response.clientDataJSON, challenge, origin)
  if (early) return early
  try {
    const { verified, registrationInfo: info } = await verifyRegistrationResponse({
      response: answer as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: host,
      requireUserVerification: false,
      supportedAlgorithmIDs: ALGORITHMS,
    })
    if (!verified) return refused('auth.passkey.refused')
    if (!info.userVerified) return refused('auth.passkey.unverified')
    const { id, publicKey, counter } = info.credential
    return { ok: true, credentialId: id, publicKey, counter, backedUp: info.credentialBackedUp }
  } catch {
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
