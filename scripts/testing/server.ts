import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { embeddedUrl, readConfig } from '#db/config.ts'
import { startEmbedded, stopOrphan, VOLATILE } from '#db/embedded.ts'
import { makeDatabase, migrate } from '#db/migrate.ts'

export const TEMPLATE = 'permanence_template'

/** One throw-away server for all database tests, with a template that each test file clones. */
export default async function startTestServer() {
  await sweep()
  const dataDir = mkdtempSync(join(tmpdir(), `permanence-test-${process.pid}-`))
  const { secret } = readConfig({ PERMANENCE_DATA_DIR: dataDir })
  const server = await startEmbedded(dataDir, { ...VOLATILE, max_connections: '100' })
  const stop = async () => {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    await makeDatabase(embeddedUrl(dataDir, 'postgres'), TEMPLATE)
    await migrate(embeddedUrl(dataDir, TEMPLATE), secret)
  } catch (error) {
    await stop()
    throw error
  }
  process.env.PERMANENCE_TEST_URL = embeddedUrl(dataDir, 'postgres')
  process.env.PERMANENCE_TEST_SECRET = secret
  return stop
}

// What a killed run left behind.
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = /^permanence-test-(\d+)-/.exec(name)?.[1]
    if (!pid || isAlive(Number(pid))) continue
    const dataDir = join(tmpdir(), name)
    try {
      await stopOrphan(join(dataDir, 'postgres'))
      rmSync(dataDir, { recursive: true, force: true })
    } catch {
      // another user's
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
