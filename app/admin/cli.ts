import { machine } from '#app/_auth/actor.ts'
import { closeClients } from '#db/client.ts'
import { createAdministrator } from './commands/create-administrator.ts'

// npm run admin -- create EMAIL
const WHY: Record<string, string> = {
  'admin.account.email_invalid': 'This is not an e-mail address.',
  'admin.account.email_taken': 'An account with this e-mail address exists already.',
}

const [verb, email] = process.argv.slice(2)
if (verb !== 'create' || !email) {
  console.error('Usage: npm run admin -- create EMAIL')
  process.exitCode = 1
} else {
  const made = await createAdministrator(machine('command line'), { email }, new Date())
  if (made.ok) {
    console.log(`admin ${email.trim().toLowerCase()} ${made.value.passphrase}`)
    console.log('The passphrase is shown this once: change it after signing in.')
  } else {
    console.error(WHY[made.reason.key] ?? made.reason.key)
    process.exitCode = 1
  }
  await closeClients()
}
