// npm run schema: writes db/schema.sql, what all migrations together come to, from a database made for it and thrown away.
import { writeFileSync } from 'node:fs'
import { describeSchema, schemaFile } from '#db/describe.ts'
import { connectAsOwner } from '#db/migrate.ts'
import startTestServer, { TEMPLATE } from './testing/server.ts'

const stop = await startTestServer()
const url = new URL(process.env.PERMANENCE_TEST_URL ?? '')
url.pathname = `/${TEMPLATE}`
const owner = connectAsOwner(url.href)
try {
  writeFileSync('db/schema.sql', schemaFile(await describeSchema(owner)))
  console.log('db/schema.sql is written.')
} finally {
  await owner.end({ timeout: 5 })
  await stop()
}
