import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '#db/embedded.ts'

/** Another running copy of the product, on a demonstration and a database of its own: two desks that know nothing of each other. */
export async function secondCopy(): Promise<{ base: string; stop: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'permanence-copy-'))
  const port = await freePort()
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    env: {
      ...process.env,
      PERMANENCE_DATA_DIR: dataDir,
      PORT: String(port),
      DATABASE_URL: '',
      APP_DATABASE_URL: '',
      AUTH_SECRET: '',
      NEXTAUTH_SECRET: '',
      NEXTAUTH_URL: '',
      WEB_PROCESSES: '1',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk) => String(chunk).includes('is ready on') && resolve())
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}`)))
  })
  return {
    base: `http://localhost:${port}`,
    async stop() {
      child.kill('SIGINT')
      if (child.exitCode === null) await once(child, 'exit')
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
