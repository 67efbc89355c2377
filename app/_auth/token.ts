import { createHash } from 'node:crypto'

/** What is kept of a bearer token: it has 256 random bits, so no salt and no slow hash are needed. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
