import { readFileSync } from 'node:fs'

/** What is secret among the settings of a start: each also as NAME_FILE, a file that holds it (systemd, compose, Kubernetes). */
export const SECRET_SETTINGS = [
  'DATABASE_URL',
  'APP_DATABASE_URL',
  'WORKER_DATABASE_URL',
  'PERMANENCE_LISTEN_URL',
  'AUTH_SECRET',
  'PERMANENCE_CTI_SECRET',
  'PERMANENCE_WITNESS_TOKEN',
  'OIDC_CLIENT_SECRET',
] as const

type Env = Record<string, string | undefined>

/** Reads what is named by a file into its setting; in words, what cannot be read. What is set itself stays. */
export function readSecretFiles(env: Env): string | null {
  for (const name of SECRET_SETTINGS) {
    const file = env[`${name}_FILE`]
    if (!file || env[name]) continue
    try {
      env[name] = readFileSync(file, 'utf8').trim()
    } catch (error) {
      return `${name}_FILE names ${file}, which cannot be read (${(error as NodeJS.ErrnoException).code}).`
    }
    if (!env[name]) return `${name}_FILE names ${file}, which is empty.`
  }
  return null
}
