import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { secret } from './cookie.ts'

/** What is kept so that the web alone can read it: a copy of the database tells nothing. AES-256-GCM, a key for each use. */
export function sealed(use: string, text: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(use), iv)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')
}

/** Null when it was sealed by another secret, or is none of ours. */
export function unsealed(use: string, kept: string): string | null {
  const bytes = Buffer.from(kept, 'base64url')
  if (bytes.length < 28) return null
  try {
    const open = createDecipheriv('aes-256-gcm', keyOf(use), bytes.subarray(0, 12))
    open.setAuthTag(bytes.subarray(12, 28))
    return Buffer.concat([open.update(bytes.subarray(28)), open.final()]).toString('utf8')
  } catch {
    return null
  }
}

function keyOf(use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret(), '', `permanence ${use}`, 32))
}
