import { renameSync, writeFileSync } from 'node:fs'
import { checkpointPath } from './checkpoints.ts'
import { keyPath, publicPem, signingKey } from './key.ts'
import { rotate } from './rotate.ts'

// npm run journal:key [-- rotate]
const [verb] = process.argv.slice(2)
if (verb === undefined) {
  const key = signingKey()
  console.log(`Key ${key.id}`)
  console.log(publicPem(key.public).trimEnd())
} else if (verb === 'rotate') {
  const { from, to, pem } = await rotate(checkpointPath(), signingKey(), new Date())
  // Written beside and put in its place at once: a process that dies here leaves one whole key.
  writeFileSync(`${keyPath()}.next`, pem, { mode: 0o600, flush: true })
  renameSync(`${keyPath()}.next`, keyPath())
  console.log(`Key ${from} handed over to key ${to}. Write the new name down where the old one is.`)
} else {
  console.error('Usage: npm run journal:key [-- rotate]')
  process.exitCode = 1
}
