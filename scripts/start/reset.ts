import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { type Config, Misconfigured, readConfig } from '#db/config.ts'
import { startEmbedded, stopOrphan } from '#db/embedded.ts'
import { prepareDatabase } from './database.ts'
import { lockHolder, takeLock } from './lock.ts'

const MADE_AGAIN = [
  'postgres',
  'postgres.new',
  'postgres.port',
  'postgres.log',
  'web.log',
  'worker.log',
  'checkpoints',
  'checkpoints.sent',
]

// npm run reset [-- --yes]: everything in the embedded database goes; the demonstration comes back.
try {
  const config = readConfig()
  if (config.database.kind === 'external')
    throw new Misconfigured('npm run reset never touches the database of DATABASE_URL: unset it first.')
  if (await isWanted(config)) await reset(config)
  else process.exitCode = 1
} catch (error) {
  console.error(error instanceof Misconfigured ? error.message : error)
  process.exitCode = 1
}
if (process.connected) process.disconnect()

async function reset(config: Config): Promise<void> {
  await stopRunning(config.dataDir)
  const lock = takeLock(config.dataDir)
  try {
    await stopOrphan(join(config.dataDir, 'postgres'))
    for (const name of MADE_AGAIN) rmSync(join(config.dataDir, name), { recursive: true, force: true })
    console.log('Making the database')
    const server = await startEmbedded(config.dataDir)
    try {
      await prepareDatabase(config, (line) => console.log(line))
    } finally {
      await server.stop()
    }
  } finally {
    lock.release()
  }
  console.log('The demonstration is as at the first start: npm start')
}

async function isWanted({ dataDir }: Config): Promise<boolean> {
  if (!process.stdin.isTTY || process.argv.includes('--yes')) return true
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(`Erase all cases and accounts in ${dataDir}? Type yes: `)
  terminal.close()
  return answer.trim().toLowerCase() === 'yes'
}

async function stopRunning(dataDir: string): Promise<void> {
  const holder = lockHolder(dataDir)
  if (!holder) return
  console.log(`Stopping Permanence (process ${holder.pid})`)
  process.kill(holder.pid, 'SIGTERM')
  for (let i = 0; i < 600; i++) {
    if (!lockHolder(dataDir)) return
    await wait(100)
  }
  throw new Misconfigured(`Process ${holder.pid} does not stop: end it, then try again.`)
}
