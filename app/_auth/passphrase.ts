import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { foldPassphrase } from './rules/fold-passphrase.ts'

// OWASP's second recommended argon2id setting (19 MiB, 2 passes, 1 lane): some 30 ms here, so that thirty people
// signing in at once at the start of a crisis do not starve the queue page.
export const COST = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** argon2id hash in PHC form, of the passphrase as it is heard (rules/fold-passphrase.ts). */
export function hashPassphrase(passphrase: string): Promise<string> {
  return hash(foldPassphrase(passphrase), COST)
}

/** As it is heard; then as it is typed, for what was set with its capitals before they were folded. */
export async function checkPassphrase(phc: string, passphrase: string): Promise<boolean> {
  const [heard, typed] = [foldPassphrase(passphrase), passphrase.normalize('NFKC')]
  if (await verify(phc, heard)) return true
  return typed !== heard && verify(phc, typed)
}

/** Spends the same time when the account does not exist: absence must not be measurable. */
export async function checkNothing(passphrase: string): Promise<false> {
  decoy ??= hashPassphrase('nobody has this passphrase')
  await checkPassphrase(await decoy, passphrase)
  return false
}
let decoy: Promise<string> | undefined

const SYLLABLES =
  'ba be bi bo bu da de di do du fa fe fi fo ga go la le li lo lu ma me mi mo mu na ne ni no nu pa pe pi po ra re ri ro ru sa se si so ta te ti to tu va ve vi vo'.split(
    ' ',
  )

/** Five speakable words of three syllables: some 82 bits (47^15 > 2^83). */
export function makePassphrase(): string {
  const word = () => Array.from({ length: 3 }, () => SYLLABLES[randomInt(SYLLABLES.length)]).join('')
  return Array.from({ length: 5 }, word).join('-')
}
