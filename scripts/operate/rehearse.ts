import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkpointPath } from '#app/_evidence/checkpoints.ts'
import { ownerDatabaseUrl, readConfig } from '#db/config.ts'
import { rehearse } from './rehearsal.ts'
import { tellStep, told } from './told.ts'

// npm run backup:rehearse [-- --json FILE]: dumps the database of DATABASE_URL, restores it beside as another, proves that
// one, and throws it away; ends with 1 when anything of it does not hold.
await told(async () => {
  const { values } = parseArgs({ args: process.argv.slice(2), options: { json: { type: 'string' } } })
  const config = readConfig()
  const folder = mkdtempSync(join(tmpdir(), 'permanence-rehearsal-'))
  try {
    const file = join(folder, 'dump')
    // As they are before the dump: what is signed while it is proved is not in it.
    const checkpoints = existsSync(checkpointPath()) ? join(folder, 'checkpoints') : undefined
    if (checkpoints) copyFileSync(checkpointPath(), checkpoints)
    else
      console.log(
        `There is no file of checkpoints at ${checkpointPath()}: PERMANENCE_CHECKPOINTS names the worker’s.`,
      )
    const { ok, steps } = await rehearse({
      url: ownerDatabaseUrl(config),
      secret: config.secret,
      file,
      checkpoints,
      tell: tellStep,
    })
    const seconds = steps.reduce((sum, step) => sum + step.seconds, 0)
    const bytes = existsSync(file) ? statSync(file).size : 0
    if (values.json) writeFileSync(values.json, `${JSON.stringify({ ok, seconds, bytes, steps }, null, 2)}\n`)
    console.log(
      ok
        ? `The backup was rehearsed: ${(bytes / 1e6).toFixed(1)} MB, ${seconds.toFixed(1)} s from the running service to a proved copy.`
        : 'The backup does NOT hold: see the step that failed.',
    )
    return ok
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
