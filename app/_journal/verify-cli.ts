import { connectAsOwner } from '#db/migrate.ts'
import { verifyJournal } from './verify.ts'

// npm run journal:verify
const WHY = {
  altered: 'is not what was written',
  missing: 'follows a line that is missing',
  cut: 'was the last line and is gone',
}

const owner = connectAsOwner(process.env.PERMANENCE_OWNER_URL ?? '')
try {
  const { lines, chains, broken } = await verifyJournal(owner)
  if (broken) {
    console.error(`The journal is broken: line ${broken.seq} of ${broken.chain} ${WHY[broken.why]}.`)
    process.exitCode = 1
  } else {
    console.log(`The journal is whole: ${lines} lines in ${chains} chains.`)
  }
} finally {
  await owner.end()
}
