import { DatabaseAway, noteAway } from './away.ts'
import { type Connection, type ConnectionOptions, openConnection } from './connection.ts'
import { limits } from './limits.ts'

type PoolOptions = ConnectionOptions & {
  /** A connection that nobody asks for is given back after this time; zero: never. */
  idleMs?: number
}
type Waiting = { take: (connection: Connection) => void; refuse: (error: Error) => void }

/** While nothing answers one attempt follows the other, never more than a second apart. */
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [100, 1_000]
/** Plans and caches grow with a session's age. */
const LIFETIME_MS = 45 * 60_000

/**
 * As many connections as told, each used by one at a time and thrown away at the first fault. While the database is away
 * one attempt after the other is made; once it has been away longer than anybody waits, whoever asks is told at once.
 */
export class Pool {
  readonly #url: string
  readonly #max: number
  readonly #options: PoolOptions
  readonly #idle: Connection[] = []
  readonly #bored = new WeakMap<Connection, NodeJS.Timeout>()
  readonly #all = new Set<Connection>()
  readonly #waiting = new Set<Waiting>()
  #opening = 0
  #awaySince = 0
  #why: unknown = null
  #ended = false

  constructor(url: string, max: number, options: PoolOptions = {}) {
    this.#url = url
    this.#max = max
    this.#options = options
  }

  /** `work` has the connection for itself until it ends. */
  async use<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    try {
      const connection = await this.#take()
      try {
        return await work(connection)
      } finally {
        this.#give(connection)
      }
    } catch (error) {
      noteAway(error)
      throw error
    }
  }

  /** How it stands: connections there, those in use, who waits for one, how many there may be. */
  get figures() {
    const open = this.#all.size
    return { open, used: open - this.#idle.length, waiting: this.#waiting.size, most: this.#max }
  }

  /** Ends now, whatever its connections do. */
  cut(): void {
    this.#refuseAll()
    for (const connection of this.#all) connection.cut()
  }

  async end(): Promise<void> {
    this.#refuseAll()
    await Promise.all([...this.#all].map((connection) => connection.end()))
  }

  #refuseAll(): void {
    this.#ended = true
    for (const { refuse } of this.#waiting) refuse(new DatabaseAway('the pool has ended'))
  }

  #take(): Promise<Connection> {
    for (let one = this.#idle.pop(); one; one = this.#idle.pop()) {
      // Asked for again: only what rests from now on counts.
      clearTimeout(this.#bored.get(one))
      if (!one.isLost()) return Promise.resolve(one)
    }
    const patience = limits().connection
    if (this.#ended) return Promise.reject(new DatabaseAway('the pool has ended'))
    const awayFor = this.#awaySince && this.#all.size === 0 ? Date.now() - this.#awaySince : 0
    if (awayFor > patience) return Promise.reject(this.#away())
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        take: (connection) => settle(() => resolve(connection)),
        refuse: (error) => settle(() => reject(error)),
      }
      const late = setTimeout(() => waiting.refuse(this.#away()), patience)
      const settle = (end: () => void) => {
        clearTimeout(late)
        this.#waiting.delete(waiting)
        end()
      }
      this.#waiting.add(waiting)
      this.#open()
    })
  }

  #give(connection: Connection): void {
    const tooOld = Date.now() - connection.bornAt > LIFETIME_MS
    if (this.#ended || tooOld) void connection.end()
    if (connection.isLost() || this.#ended || tooOld) {
      this.#open()
      return
    }
    const [next] = this.#waiting
    if (next) next.take(connection)
    else this.#rest(connection)
  }

  #rest(connection: Connection): void {
    this.#idle.push(connection)
    if (!this.#options.idleMs) return
    const end = () => {
      const at = this.#idle.indexOf(connection)
      if (at < 0) return
      this.#idle.splice(at, 1)
      void connection.end()
    }
    const bored = setTimeout(end, this.#options.idleMs).unref()
    this.#bored.set(connection, bored)
  }

  /** As many more as are waited for; while the database is away one alone tries for all. */
  #open(): void {
    const wanted = () => (this.#awaySince ? this.#opening === 0 : this.#opening < this.#waiting.size)
    while (!this.#ended && wanted() && this.#all.size + this.#opening < this.#max) {
      this.#opening++
      void this.#openOne()
    }
  }

  async #openOne(): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; !this.#ended; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        const connection = await openConnection(this.#url, this.#options)
        // On every one of them alike, whoever uses it first.
        void connection.db
        this.#opening--
        this.#awaySince = 0
        this.#all.add(connection)
        connection.onLost(() => this.#all.delete(connection))
        this.#give(connection)
        this.#open()
        return
      } catch (error) {
        this.#why = error
        this.#awaySince ||= Date.now()
        // Of several that tried, one goes on trying.
        if (this.#opening > 1) break
        await new Promise((rested) => setTimeout(rested, pause).unref())
      }
    }
    this.#opening--
  }

  #away(): DatabaseAway {
    return this.#awaySince
      ? new DatabaseAway(`the database is away: ${(this.#why as Error).message}`, { cause: this.#why })
      : new DatabaseAway('every connection is in use')
  }
}
