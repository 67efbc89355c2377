import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'

export type PasskeyPurpose = 'sign_in' | 'again' | 'register'
/** Where to go, or null for "stay"; or what to say: a key of `auth.passkey`, or the server's own words. */
export type PasskeyAnswer =
  | { ok: true; go: string | null }
  | { ok: false; key: Unable }
  | { ok: false; text: string }
type Unable = 'unable' | 'cancelled' | 'known' | 'unreachable'

const STEP = { sign_in: 'sign-in', again: 'again', register: 'register' } as const

/** The whole ceremony: a challenge from the server, a signature of the device, the server's word. Never throws. */
export async function askPasskey(
  purpose: PasskeyPurpose,
  more: { next?: string | null; name?: string } = {},
): Promise<PasskeyAnswer> {
  // Asked for by who uses it alone: the page of sign-in must be light on a bad line.
  const device = await import('@simplewebauthn/browser')
  if (!device.browserSupportsWebAuthn()) return { ok: false, key: 'unable' }
  const options = await post('options', { purpose })
  if (!options.ok) return options
  let answer: unknown
  try {
    answer =
      purpose === 'register'
        ? await device.startRegistration({
            optionsJSON: options.value as PublicKeyCredentialCreationOptionsJSON,
          })
        : await device.startAuthentication({
            optionsJSON: options.value as PublicKeyCredentialRequestOptionsJSON,
          })
  } catch (error) {
    return { ok: false, key: (error as Error).name === 'InvalidStateError' ? 'known' : 'cancelled' }
  }
  const sent = await post(STEP[purpose], { answer, ...more })
  return sent.ok ? { ok: true, go: (sent.value as { go: string | null }).go } : sent
}

async function post(
  step: string,
  body: unknown,
): Promise<{ ok: true; value: unknown } | { ok: false; key: Unable } | { ok: false; text: string }> {
  try {
    const answer = await fetch(`/api/passkey/${step}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const value = await answer.json()
    return answer.ok ? { ok: true, value } : { ok: false, text: String(value.message) }
  } catch {
    return { ok: false, key: 'unreachable' }
  }
}
