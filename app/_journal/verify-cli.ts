import postgres from 'postgres'
import { proveJournal } from './proof.ts'
import { sentence } from './verify.ts'

// npm run journal:verify
const url = process.env.PERMANENCE_OWNER_URL
if (!url) throw new Error('PERMANENCE_OWNER_URL is not set: run npm run journal:verify')
const owner = postgres(url, { max: 1, onnotice: () => {} })
try {
  const verified = await proveJournal(owner, new Date())
  console.log(sentence(verified))
  process.exitCode = verified.broken ? 1 : 0
} finally {
  await owner.end({ timeout: 5 })
}
