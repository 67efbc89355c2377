import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { embeddedUrl, readConfig } from '#db/config.ts'
import { startEmbedded, stopOrphan, VOLATILE } from '#db/embedded.ts'
import { makeDatabase, migrate } from '#db/migrate.ts'
import { hashOf } from '../start/build.ts'
import { copyDataFolder } from './data-folder.ts'

/** Servers as they stand before the first test: to make one takes five seconds. */
const KEPT = join('.test', 'servers')

export const TEMPLATE = 'permanence_template'

/** One throw-away server for all database tests, with a template that each test file clones. */
export default async function startTestServer() {
  await sweep()
  const dataDir = mkdtempSync(join(tmpdir(), `permanence-test-${process.pid}-`))
  const remove = () => rmSync(dataDir, { recursive: true, force: true })
  const start = () => startEmbedded(dataDir, { ...VOLATILE, max_connections: '100' })
  // As if it were another day: of another day it is made.
  const kept = process.env.FAKETIME ? null : join(KEPT, hashOf(['db', 'package-lock.json']).slice(0, 16))
  const isKept = kept !== null && existsSync(kept)
  if (isKept) copyDataFolder(kept, dataDir)
  const { secret } = readConfig({ PERMANENCE_DATA_DIR: dataDir })
  let server = await start()
  try {
    if (!isKept) {
      await makeDatabase(embeddedUrl(dataDir, 'postgres'), TEMPLATE)
      await migrate(embeddedUrl(dataDir, TEMPLATE), secret)
      if (kept) {
        await server.stop()
        keep(dataDir, kept)
        server = await start()
      }
    }
  } catch (error) {
    await server.stop()
    remove()
    throw error
  }
  const stop = async () => {
    await server.stop()
    remove()
  }
  process.env.PERMANENCE_TEST_URL = embeddedUrl(dataDir, 'postgres')
  process.env.PERMANENCE_TEST_SECRET = secret
  return stop
}

/** For the next run, as long as nothing of what makes it changes. */
function keep(dataDir: string, kept: string): void {
  const own = `${kept}-${process.pid}`
  copyDataFolder(dataDir, own)
  try {
    renameSync(own, kept)
  } catch {
    // Another run kept the same meanwhile.
  }
  for (const name of readdirSync(KEPT))
    if (join(KEPT, name) === own || !name.startsWith(basename(kept)))
      rmSync(join(KEPT, name), { recursive: true, force: true })
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
