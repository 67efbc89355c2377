import { spawnSync } from 'node:child_process'
import type postgres from 'postgres'
import { Misconfigured } from '#db/config.ts'
import { neededTool, runTool, toolsOf } from './tools.ts'

/**
 * Writes the whole database into one file that `npm run restore` reads. The owner is held to the policies as everybody is:
 * without being told so the tool would refuse every table (and a superuser needs no telling).
 */
export async function writeDump(
  owner: postgres.Sql,
  ownerUrl: string,
  file: string,
  snapshot?: string,
): Promise<void> {
  const [server] = await owner<{ version: number; bound: boolean }[]>`
    select current_setting('server_version_num')::int / 10000 as version,
      (select not (rolsuper or rolbypassrls) from pg_roles where rolname = current_user) as bound`
  const path = neededTool('pg_dump', server?.version ?? 0)
  const args = ['--format=custom', '--no-owner', '--lock-wait-timeout=60s', `--file=${file}`]
  if (server?.bound) args.push('--enable-row-security')
  if (snapshot) args.push(`--snapshot=${snapshot}`)
  await runTool(path, args, ownerUrl)
}

export type Contents = {
  policies: number
  secured: number
  tables: number
  /** Whom its policies and grants name, and who may not be there yet. */
  roles: string[]
}

/** What a dump holds, as its own list says it; in an error, why it is none of ours. */
export function readDump(file: string): Contents {
  const list = read(file, '--list')
  const count = (kind: string) =>
    list.filter((line) => new RegExp(`^\\d+; \\d+ \\d+ ${kind} `).test(line)).length
  if (!list.some((line) => / TABLE public journal /.test(line)))
    throw new Misconfigured(`${file} is a dump of something else: there is no journal of Permanence in it.`)
  const schema = read(file, '--schema-only', '--file=-').join('\n')
  const named = [...schema.matchAll(/^(?:CREATE POLICY|GRANT) [^;]*? TO ("[^"]+"|\w+)/gm)].map(
    ([, name = '']) => name.replaceAll('"', ''),
  )
  return {
    policies: count('POLICY'),
    secured: count('ROW SECURITY'),
    tables: count('TABLE DATA'),
    roles: [...new Set(named)].filter((name) => name.toUpperCase() !== 'PUBLIC').sort(),
  }
}

function read(file: string, ...args: string[]): string[] {
  // The newest reads what any older one wrote.
  const path = toolsOf('pg_restore').at(-1)?.path ?? neededTool('pg_restore', 15)
  const told = spawnSync(path, [...args, file], { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 })
  if (told.status === 0) return told.stdout.split('\n')
  throw new Misconfigured(`${file} cannot be read as a dump (${told.stderr.trim().split('\n')[0]}).`)
}
