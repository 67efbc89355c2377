import postgres from 'postgres'
import { machine } from '#app/_auth/actor.ts'
import { checkpointPath } from '#app/_evidence/checkpoints.ts'
import { closeClients } from '#db/client.ts'
import { proveJournal } from './proof.ts'
import { holds, sentence } from './verify.ts'

// npm run journal:verify
const url = process.env.PERMANENCE_OWNER_URL
if (!url) throw new Error('PERMANENCE_OWNER_URL is not set: run npm run journal:verify')
const owner = postgres(url, { max: 1, onnotice: () => {} })
try {
  const verified = await proveJournal(owner, machine('command line'), new Date(), checkpointPath())
  console.log(sentence(verified))
  process.exitCode = holds(verified) ? 0 : 1
} finally {
  await closeClients()
  await owner.end({ timeout: 5 })
}
