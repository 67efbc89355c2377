import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** What belongs to the server that ran there, and to no other. */
const ITS_OWN = ['postgres.port', 'postgres.log', 'lock']

/** A data folder that nobody uses, as the folder of another; its files stay those of PostgreSQL's own account. */
export function copyDataFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  execFileSync('cp', ['-a', `${from}/.`, to])
  for (const name of ITS_OWN) rmSync(join(to, name), { force: true })
}
