import { createServer } from 'node:http'
import { flushCompileCache } from 'node:module'
import next from 'next'
import { guarded } from '#app/_doors/gate.ts'
import { withPolicy } from '#app/_doors/policy.ts'
import { takeOverConsole } from '#app/_log/console.ts'
import { counting, keepFigures } from '#app/_log/figures.ts'
import { log } from '#app/_log/log.ts'
import { named } from '#app/_log/request.ts'
import { poolFigures } from '#db/client.ts'
import { endWhenUnexplained, isDriverFault } from '#db/unexplained.ts'
import { distDir } from './build.ts'
import { IDLE_S } from './idle.ts'
import { packed } from './packed.ts'
import { inTurn, PAGES, READINGS } from './turns.ts'
import { whenAway } from './when-away.ts'

// A web process. Several may hold the same port: the system gives each new connection to one of them, and a process
// that dies takes no other's connections with it.
const [port, hostname] = [Number(process.env.WEB_PORT), process.env.WEB_HOST as string]
const GRACE_MS = 2_000

// A promise that nobody waits for may be a stranger's request half read: of those, only the driver's end the process.
endWhenUnexplained((error) => log.fatal({ error }, 'unexplained: this process ends'), isDriverFault)
takeOverConsole()

process.title = 'next-server'
const dev = process.env.NODE_ENV === 'development'
const app = next({ dev, dir: process.cwd(), port, hostname })
await app.prepare()
const handle = app.getRequestHandler()
const pages = inTurn(PAGES, (request, response) => void handle(request, response))
// A list that is read anew has its time for the database from its turn on.
const answering = inTurn(READINGS, whenAway(pages))
const { counted, figures } = counting(named(packed(distDir(), guarded(withPolicy(answering)))))
const server = createServer({ keepAliveTimeout: IDLE_S * 1000 }, counted)
keepFigures(() => figures(poolFigures()))
server.listen({ port, host: hostname, reusePort: process.env.WEB_SHARED === '1' }, () => {
  process.send?.('serves', () => {})
  // Node keeps what it compiled at an orderly end only; one that is killed is to come back as fast.
  flushCompileCache()
})

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop)

/** What is being answered is finished; a page that listens for ever is let go, and comes back by itself. */
function stop(): void {
  server.close(() => process.exit(0))
  server.closeIdleConnections()
  setTimeout(() => server.closeAllConnections(), GRACE_MS)
}
