import postgres from 'postgres'
import { checkpointPath } from '#app/_evidence/checkpoints.ts'
import { proveJournal } from './proof.ts'
import { holds, sentence } from './verify.ts'

// npm run journal:verify
const url = process.env.PERMANENCE_OWNER_URL
if (!url) throw new Error('PERMANENCE_OWNER_URL is not set: run npm run journal:verify')
const owner = postgres(url, { max: 1, onnotice: () => {} })
try {
  const verified = await proveJournal(owner, new Date(), checkpointPath())
  console.log(sentence(verified))
  process.exitCode = holds(verified) ? 0 : 1
} finally {
  await owner.end({ timeout: 5 })
}
