import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** What signs checkpoints and bundles: Ed25519, in a file that no role of the database can read. */
export type SigningKey = { id: string; private: KeyObject; public: KeyObject }

type Env = Record<string, string | undefined>

export function keyPath(env: Env = process.env): string {
  return resolve(env.PERMANENCE_EVIDENCE_KEY_FILE || join(env.PERMANENCE_DATA_DIR || '.data', 'evidence.key'))
}

/** Read, or made once; readable by its owner alone. */
export function signingKey(path = keyPath()): SigningKey {
  try {
    return keyOf(readFileSync(path, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  makeKey(path)
  return keyOf(readFileSync(path, 'utf8'))
}

/** Of two that make it at once the first one's stays, whole. */
function makeKey(path: string): void {
  const mine = `${path}.${process.pid}`
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(mine, newPrivateKey(), { mode: 0o600, flush: true })
  try {
    linkSync(mine, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(mine, { force: true })
  }
}

export function newPrivateKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

export function keyOf(pem: string): SigningKey {
  const key = createPrivateKey(pem)
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('the key of evidence is no Ed25519 key')
  const open = createPublicKey(key)
  return { id: keyId(open), private: key, public: open }
}

/** What a checkpoint calls the key that signed it: the beginning of the digest of its public half. */
export function keyId(key: KeyObject): string {
  return createHash('sha256').update(spki(key)).digest('hex').slice(0, 16)
}

export function publicText(key: KeyObject): string {
  return spki(key).toString('base64')
}

export function publicKeyOf(text: string): KeyObject {
  return createPublicKey({ key: Buffer.from(text, 'base64'), type: 'spki', format: 'der' })
}

export function publicPem(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString()
}

function spki(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' })
}
