import { generateSecret, generateURI, verify } from 'otplib'

/** Six digits each half minute, as every application shows them: nothing else is understood everywhere. */
const PERIOD_S = 30
/** A telephone is up to half a minute off, and a hand needs some seconds. */
const TOLERANCE_S = 30

export function makeTotpSecret(): string {
  return generateSecret()
}

/** What the application reads from the square. */
export function totpUri(secret: string, email: string): string {
  return generateURI({ issuer: 'Permanence', label: email, secret })
}

/** The half minute whose code this is, when none as late was taken before; null when it is none, or was. */
export async function stepOf(
  secret: string,
  token: string,
  now: Date,
  afterTimeStep?: number,
): Promise<number | null> {
  if (!/^\d{6}$/.test(token)) return null
  const epoch = Math.floor(now.getTime() / 1000)
  try {
    const read = await verify({
      secret,
      token,
      epoch,
      epochTolerance: TOLERANCE_S,
      period: PERIOD_S,
      afterTimeStep,
    })
    return read.valid && 'timeStep' in read ? read.timeStep : null
  } catch {
    // The library throws when what was taken before lies beyond what could be taken now.
    return null
  }
}
