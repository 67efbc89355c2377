import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { Misconfigured, ownerDatabaseUrl, readConfig } from '#db/config.ts'
import { connectAsOwner } from '#db/migrate.ts'
import { writeDump } from './dump.ts'
import { told } from './told.ts'

// npm run backup -- FILE: the whole database of DATABASE_URL in one file for npm run restore.
await told(async () => {
  const [file] = process.argv.slice(2)
  if (!file) throw new Misconfigured('Usage: npm run backup -- FILE')
  if (existsSync(file))
    throw new Misconfigured(`${file} is there already: a backup is never written over another.`)
  const url = ownerDatabaseUrl(readConfig())
  const owner = connectAsOwner(url)
  const from = performance.now()
  // Under its own name only once it is whole.
  const unfinished = `${file}.unfinished`
  try {
    await writeDump(owner, url, unfinished)
    renameSync(unfinished, file)
  } finally {
    rmSync(unfinished, { force: true })
    await owner.end({ timeout: 5 })
  }
  const seconds = (performance.now() - from) / 1000
  console.log(`${file}: ${(statSync(file).size / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} s`)
  return true
})
