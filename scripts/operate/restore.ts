import { parseArgs } from 'node:util'
import { addressOf, writeAddress } from '#db/address.ts'
import { Misconfigured, ownerDatabaseUrl, readConfig } from '#db/config.ts'
import { restore } from './restored.ts'
import { tellStep, told } from './told.ts'

// npm run restore -- FILE [--database NAME] [--checkpoints FILE]: fills an empty database of the server of DATABASE_URL from a
// dump, and proves it; ends with 1 when anything of it does not hold.
await told(async () => {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2),
    allowPositionals: true,
    options: { database: { type: 'string' }, checkpoints: { type: 'string' } },
  })
  const [file] = positionals
  if (!file) throw new Misconfigured('Usage: npm run restore -- FILE [--database NAME] [--checkpoints FILE]')
  const config = readConfig()
  if (config.database.kind === 'embedded')
    throw new Misconfigured(
      'DATABASE_URL is not set: it says on which server, and as whom, the database is made.',
    )
  const address = addressOf(ownerDatabaseUrl(config))
  const url = writeAddress({ ...address, database: values.database ?? address.database })
  const ok = await restore({
    file,
    url,
    secret: config.secret,
    checkpoints: values.checkpoints,
    tell: tellStep,
  })
  console.log(
    ok
      ? 'Restored and proved.'
      : 'NOT restored: see the step that failed. Nothing may be started on this database.',
  )
  return ok
})
