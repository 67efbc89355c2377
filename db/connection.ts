import { connect as connectSocket, type Socket } from 'node:net'
import postgres from 'postgres'
import { type Address, addressOf, type Host, onHost, writeAddress } from './address.ts'
import { ARRAYS } from './arrays.ts'
import { CutConnection, DatabaseAway } from './away.ts'
import { facade, makeDb } from './facade.ts'
import { ownLimits } from './limits.ts'

/**
 * One connection to the primary, used by one at a time and thrown away whole as soon as anything is wrong with it. The
 * driver's own pool takes a cut connection up again: bytes of the old one are written into the new, a transaction that was
 * cut goes on in somebody else's, and some never heal. Here a driver lives as long as its socket.
 */
export type Connection = {
  sql: postgres.Sql
  db: ReturnType<typeof makeDb>
  host: Host
  /** A pooler stands between: what belongs to a session (LISTEN, prepared statements) does not hold. */
  pooled: boolean
  bornAt: number
  isLost: () => boolean
  onLost: (tell: () => void) => () => void
  /** Cuts it, whatever it is doing. */
  cut: () => void
  end: () => Promise<void>
}

export type ConnectionOptions = {
  name?: string
  onNotify?: (payload: string) => void
  /** Sent when the session begins; a pooler in between may refuse them. */
  session?: Record<string, string>
  /** For what may take hours. */
  patient?: boolean
  /** Hears every statement: for measures. */
  debug?: (text: string, values: unknown[]) => void
}

/** For a host to be found, then for its server to answer. With several hosts the next one is waited for too. */
const [FOUND_MS, ANSWERED_MS] = [2_000, 10_000]
const [FOUND_OF_MANY_MS, ANSWERED_OF_MANY_MS] = [1_000, 3_000]
/** A server that is alive ends a statement by itself; one that has vanished never says so. */
const VANISHED_MS = 2_000
const LONGEST_MS = 24 * 3_600_000

/** Where the primary was last: asked first. */
const lastPrimary = new Map<string, number>()

export async function openConnection(url: string, options: ConnectionOptions = {}): Promise<Connection> {
  const address = addressOf(url)
  const { hosts } = address
  const first = lastPrimary.get(url) ?? 0
  const why: Error[] = []
  for (let i = 0; i < hosts.length; i++) {
    const at = (first + i) % hosts.length
    try {
      const opened = await openOn(address, hosts[at] as Host, options)
      lastPrimary.set(url, at)
      return opened
    } catch (error) {
      why.push(error as Error)
    }
  }
  const said = why.map((error, i) => sentence(hosts[(first + i) % hosts.length] as Host, error)).join('; ')
  throw new DatabaseAway(said, { cause: why[0] })
}

/** The same address on the host that is primary now, for a driver that knows no other. */
export async function primaryUrl(url: string): Promise<string> {
  const found = await openConnection(url)
  await found.end()
  return writeAddress(onHost(addressOf(url), found.host))
}

async function openOn(address: Address, host: Host, options: ConnectionOptions): Promise<Connection> {
  const many = address.hosts.length > 1
  const socket = await dial(host, many ? FOUND_OF_MANY_MS : FOUND_MS)
  const patience = many ? ANSWERED_OF_MANY_MS : ANSWERED_MS
  const losers = new Set<() => void>()
  let lost = false
  let pooled = true

  const lose = () => {
    if (lost) return
    lost = true
    // Whatever the driver still holds is refused by it; whatever comes later is refused here.
    sql.end({ timeout: 0 }).catch(() => {})
    // After what it still writes: under TLS a stream of its own stands on this one, and would fail with nobody to hear it.
    setImmediate(() => socket.destroy())
    for (const tell of losers) tell()
    losers.clear()
  }
  let given = false
  const take = () => {
    given = true
    return socket
  }
  // Asked for a second time: its first is gone, and there will be no other.
  const never = () => {
    lose()
    return new Promise(() => {})
  }
  const sql = postgres(writeAddress(onHost(address, host)), {
    max: 1,
    prepare: false,
    fetch_types: false,
    types: ARRAYS,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: Math.ceil(patience / 1000),
    onnotice: () => {},
    onclose: lose,
    connection: { application_name: options.name ?? 'permanence', ...options.session },
    ...(options.debug && {
      debug: (_: number, text: string, values: unknown[]) => options.debug?.(text, values),
    }),
    // postgres.js has these and its types leave them out.
    ...({
      onnotify: (_: string, payload: string) => options.onNotify?.(payload),
      socket: () => (given ? never() : take()),
    } as object),
  })
  const deadline = () => (options.patient ? LONGEST_MS : ownLimits().statement + VANISHED_MS)

  /** Settles whatever happens: with the answer, when the connection is lost, or when nobody answers any more. */
  function watched<T>(ask: () => PromiseLike<T>, patience = deadline()): Promise<T> {
    if (lost) return Promise.reject(new CutConnection())
    return new Promise<T>((resolve, reject) => {
      const refuse = () => settle(() => reject(new CutConnection()))
      const timer = setTimeout(lose, patience)
      losers.add(refuse)
      const settle = (end: () => void) => {
        clearTimeout(timer)
        losers.delete(refuse)
        end()
      }
      ask().then(
        (value) => settle(() => resolve(value)),
        (error) => settle(() => reject(explained(error))),
      )
    })
  }

  const onLost: Connection['onLost'] = (tell) => {
    if (lost) tell()
    else losers.add(tell)
    return () => losers.delete(tell)
  }
  const client = facade({ sql, watched, onLost, prepares: () => !pooled })
  // Made when asked for: drizzle takes over how dates and documents are written, for statements by hand too.
  let db: ReturnType<typeof makeDb> | undefined
  const connection: Connection = {
    sql: client as unknown as postgres.Sql,
    get db() {
      db ??= makeDb(client)
      return db
    },
    host,
    get pooled() {
      return pooled
    },
    bornAt: Date.now(),
    isLost: () => lost,
    onLost,
    cut: lose,
    async end() {
      if (!lost) await sql.end({ timeout: 1 }).catch(() => {})
      lose()
    },
  }
  try {
    const first = await watched(
      () => sql.unsafe('select pg_backend_pid() as pid, pg_is_in_recovery() as standby'),
      patience,
    )
    const [row] = first
    if (row?.standby) throw new DatabaseAway('is a standby')
    // A pooler gives out numbers of its own.
    pooled = first.state.pid !== row?.pid
    sql.options.prepare = !pooled
    return connection
  } catch (error) {
    lose()
    throw error
  }
}

function dial(host: Host, patience: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = host.host.startsWith('/')
      ? connectSocket({ path: `${host.host}/.s.PGSQL.${host.port}` })
      : connectSocket({ host: host.host, port: host.port })
    // The driver names it when it asks for a certificate.
    Object.assign(socket, host)
    const late = setTimeout(() => socket.destroy(new Error('no answer')), patience)
    socket.once('connect', () => {
      clearTimeout(late)
      socket.setNoDelay(true)
      socket.off('error', reject)
      socket.on('error', () => {})
      resolve(socket)
    })
    socket.once('error', reject)
    socket.once('close', () => clearTimeout(late))
  })
}

/** What the driver says when its socket is gone is that the database is away. */
function explained(error: unknown): unknown {
  const { code = '' } = error as { code?: string }
  return DRIVER_LOST.test(code) ? new CutConnection(error) : error
}

const DRIVER_LOST = /^(CONNECTION_|CONNECT_TIMEOUT|ECONN|EPIPE|ETIMEDOUT|EHOST|ENET)/

function sentence({ host, port }: Host, { message }: Error): string {
  return `${host}:${port} ${message}`
}
