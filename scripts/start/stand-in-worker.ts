import postgres from 'postgres'

// Gives the sign of life until app/_jobs/worker.ts exists.
const sql = postgres(process.env.PERMANENCE_OWNER_URL ?? '', { max: 1 })
const beat = () =>
  sql`insert into worker_heartbeat (name, at) values ('worker', now())
    on conflict (name) do update set at = excluded.at`.catch(() => {})
await beat()
setInterval(beat, 5_000)
process.on('SIGTERM', async () => {
  await sql.end({ timeout: 2 })
  process.exit(0)
})
