import { spawn } from 'node:child_process'
import { type Config, databaseEnvironment, Misconfigured, readConfig } from '#db/config.ts'
import { startEmbedded } from '#db/embedded.ts'
import { prepareDatabase } from './database.ts'
import { FIRST } from './launch.ts'
import { lockHolder, takeLock } from './lock.ts'

// A program of the project beside its database: the one that runs, or the embedded one for as long as it takes.
const [file, ...args] = process.argv.slice(2)
try {
  if (!file) throw new Misconfigured('Usage: node scripts/run.mjs FILE …')
  process.exitCode = await runBeside(readConfig(), file, args)
} catch (error) {
  console.error(error instanceof Misconfigured ? error.message : error)
  process.exitCode = 1
}
if (process.connected) process.disconnect()

async function runBeside(config: Config, program: string, rest: string[]): Promise<number> {
  if (config.database.kind === 'external') {
    await prepareDatabase(config, () => {})
    return run(config, program, rest)
  }
  if (lockHolder(config.dataDir)) return run(config, program, rest)
  const lock = takeLock(config.dataDir)
  try {
    const server = await startEmbedded(config.dataDir)
    try {
      await prepareDatabase(config, (line) => console.error(line))
      return await run(config, program, rest)
    } finally {
      await server.stop()
    }
  } finally {
    lock.release()
  }
}

function run(config: Config, program: string, rest: string[]): Promise<number> {
  const loader = program.endsWith('.tsx') ? ['--import', 'tsx'] : []
  const child = spawn(process.execPath, [...FIRST, ...loader, program, ...rest], {
    stdio: 'inherit',
    env: { ...process.env, ...databaseEnvironment(config), NEXTAUTH_SECRET: config.secret },
  })
  // Ctrl-C reaches the program by itself; this process waits, to stop the database after it.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => resolve(code ?? 1)).on('error', reject)
  })
}
