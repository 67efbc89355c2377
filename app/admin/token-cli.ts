import { eq } from 'drizzle-orm'
import { createTranslator } from 'use-intl/core'
import { machine } from '#app/_auth/actor.ts'
import { LONGEST_DAYS } from '#app/_auth/rules/scopes.ts'
import type { Reason } from '#app/_doors/result.ts'
import { messagesOf } from '#app/_i18n/messages.ts'
import { closeClients } from '#db/client.ts'
import { account, TOKEN_SCOPES, type TokenScope } from '#db/schema/account.ts'
import { asActor } from '#db/transaction.ts'
import { makeToken, revokeToken } from './commands/tokens.ts'
import { listTokens } from './queries.ts'

// npm run token -- create …
const USAGE = `Usage:
  npm run token -- create --account EMAIL --scopes ${TOKEN_SCOPES.join(',')} --name NAME [--days ${LONGEST_DAYS}]
  npm run token -- list
  npm run token -- revoke ID`

const actor = machine('command line')
const [verb, ...rest] = process.argv.slice(2)
const option = (name: string) => rest[rest.indexOf(`--${name}`) + 1 || rest.length]

try {
  if (verb === 'create') await create()
  else if (verb === 'list') await list()
  else if (verb === 'revoke' && /^\d+$/.test(rest[0] ?? '')) await revoke(Number(rest[0]))
  else fail(USAGE)
} finally {
  await closeClients()
}

async function create(): Promise<void> {
  const [email, name, scopes] = [option('account'), option('name'), option('scopes')?.split(',')]
  const days = Number(option('days') ?? LONGEST_DAYS)
  const known = (scopes ?? []).filter((one): one is TokenScope => TOKEN_SCOPES.some((scope) => scope === one))
  if (!email || !name || !scopes || known.length !== scopes.length || !Number.isInteger(days))
    return fail(USAGE)
  const [holder] = await asActor(actor, (tx) =>
    tx.select({ id: account.id }).from(account).where(eq(account.email, email.trim().toLowerCase())),
  )
  if (!holder) return fail(`There is no account ${email}.`)
  const made = await makeToken(actor, { accountId: holder.id, name, scopes: known, days }, new Date())
  if (!made.ok) return fail(inEnglish(made.reason))
  console.log(made.value.token)
  console.error(
    `Key ${made.value.id}, until ${made.value.expiresAt.toISOString()}: it is shown this once, only its hash is kept.`,
  )
}

async function list(): Promise<void> {
  for (const one of await listTokens(actor)) {
    const { id, name, account: holder, scopes, expiresAt, lastUsedAt, revokedAt } = one
    const state = revokedAt
      ? `revoked ${revokedAt.toISOString()}`
      : `until ${expiresAt.toISOString()}, used ${lastUsedAt?.toISOString() ?? 'never'}`
    console.log([id, scopes.join(','), holder, name, state].join('\t'))
  }
}

async function revoke(id: number): Promise<void> {
  const ended = await revokeToken(actor, { id }, new Date())
  if (!ended.ok) return fail(inEnglish(ended.reason))
  console.log(`Key ${id} opens nothing any more, within seconds.`)
}

function inEnglish({ key, values }: Reason): string {
  return createTranslator({ locale: 'en', messages: messagesOf('en') })(key as never, values as never)
}

function fail(words: string): void {
  console.error(words)
  process.exitCode = 1
}
