import { machine } from '#app/_auth/actor.ts'
import { closeClients } from '#db/client.ts'
import { publicPem, signingKey } from './key.ts'
import { rotate } from './rotate.ts'

// npm run journal:key [-- rotate]
const [verb] = process.argv.slice(2)
if (verb === undefined) {
  const key = signingKey()
  console.log(`Key ${key.id}`)
  console.log(publicPem(key.public).trimEnd())
} else if (verb === 'rotate') {
  try {
    const { from, to } = await rotate(machine('command line'), new Date())
    console.log(`Key ${from} handed over to key ${to}. Write the new name down where the old one is.`)
  } finally {
    await closeClients()
  }
} else {
  console.error('Usage: npm run journal:key [-- rotate]')
  process.exitCode = 1
}
