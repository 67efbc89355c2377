import { type ChildProcess, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Misconfigured } from '#db/config.ts'
import { freePort } from '#db/embedded.ts'
import { chooseRunner, execute } from '#db/runner.ts'
import { familyOf } from '../testing/processes.ts'
import { neededTool, toolsOf } from './tools.ts'

/** Seconds, as Patroni counts them: a leader that says nothing for `ttl` is replaced. */
export const ENGINE = { ttl: 20, loopWait: 5, retryTimeout: 5 }
const PASSWORD = 'loopback'

export type Node = { name: string; port: number; rest: number }
export type Engine = Awaited<ReturnType<typeof startEngine>>

/**
 * PostgreSQL on several hosts as it is run for real: Debian's Patroni and etcd, synchronous, with failsafe; all of them on this
 * machine's loopback address, in a folder that is thrown away.
 */
export async function startEngine(count: number, say: (line: string) => void) {
  for (const name of ['patroni', 'etcd'])
    if (spawnSync('which', [name]).status !== 0)
      throw new Misconfigured(`${name} is not installed here (Debian: apt-get install patroni etcd-server).`)
  const bin = dirname(toolsOf('postgres')[0]?.path ?? neededTool('postgres', 15))
  const folder = mkdtempSync(join(tmpdir(), 'permanence-failover-'))
  chmodSync(folder, 0o755)
  const runner = chooseRunner(join(folder, 'data'))
  const own = (path: string) => {
    if (runner.uid !== undefined && runner.gid !== undefined) chownSync(path, runner.uid, runner.gid)
  }
  const home = join(folder, 'home')
  mkdirSync(home, { mode: 0o700 })
  own(home)

  const etcd = { port: await freePort(), peer: await freePort(), child: null as ChildProcess | null }
  const nodes: Node[] = []
  for (let i = 0; i < count; i++)
    nodes.push({ name: `node${i + 1}`, port: await freePort(), rest: await freePort() })
  const running = new Map<string, ChildProcess>()

  const run = (name: string, file: string, args: string[]) =>
    execute(runner, file, args, openSync(join(folder, `${name}.log`), 'a'))

  function startEtcd(): void {
    const [client, peer] = [`http://127.0.0.1:${etcd.port}`, `http://127.0.0.1:${etcd.peer}`]
    etcd.child = run('etcd', 'etcd', [
      ...['--name', 'etcd1', '--data-dir', join(home, 'etcd'), '--log-level', 'error'],
      ...['--listen-client-urls', client, '--advertise-client-urls', client],
      ...[
        '--listen-peer-urls',
        peer,
        '--initial-advertise-peer-urls',
        peer,
        '--initial-cluster',
        `etcd1=${peer}`,
      ],
    ])
  }

  function start(node: Node): void {
    const file = join(home, `${node.name}.json`)
    // YAML reads JSON.
    writeFileSync(file, JSON.stringify(configuration(node, { etcd: etcd.port, home, bin })), { mode: 0o600 })
    own(file)
    running.set(node.name, run(node.name, 'patroni', [file]))
  }

  /** Patroni and PostgreSQL of one host at once, as when its machine loses its power. */
  function everyPid({ name }: Node): number[] {
    const file = join(home, name, 'postmaster.pid')
    const postmaster = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n', 1)[0]) : 0
    const roots = [running.get(name)?.pid, postmaster].filter((pid): pid is number => Boolean(pid))
    return [...new Set(roots.flatMap((pid) => familyOf(pid).map((one) => one.pid)))]
  }

  function signal(node: Node, what: NodeJS.Signals): void {
    for (const pid of everyPid(node)) tell(pid, what)
  }

  /** Who leads, as the hosts themselves say it, and is a follower no more; null while nobody does. */
  async function leader(): Promise<Node | null> {
    const found = await Promise.all(
      nodes.map(async (node) => (await asks(node, '/primary')) && !(await asks(node, '/replica'))),
    )
    return nodes[found.indexOf(true)] ?? null
  }

  async function nextLeader(former: Node | null, patienceMs = 90_000): Promise<Node> {
    for (const until = Date.now() + patienceMs; Date.now() < until; await wait(100)) {
      const found = await leader()
      if (found && found.name !== former?.name) return found
    }
    throw new Error('no leader was found in time')
  }

  /** Every other host follows, one of them in step: what is said before that may be lost with its leader. */
  async function settled(patienceMs = 120_000): Promise<void> {
    for (const until = Date.now() + patienceMs; Date.now() < until; await wait(500)) {
      const first = await leader()
      const others = nodes.filter((node) => node !== first)
      const follow = await Promise.all(others.map((node) => asks(node, '/replica')))
      const inStep = await Promise.all(others.map((node) => asks(node, '/synchronous')))
      if (first && follow.every(Boolean) && inStep.some(Boolean)) return
    }
    throw new Error('the hosts did not come together in time')
  }

  const address = (user: string, password: string, database: string) =>
    `postgres://${user}:${password}@${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}/${database}?target_session_attrs=primary`

  say(`Starting etcd and ${count} hosts of PostgreSQL under Patroni`)
  startEtcd()
  for (const node of nodes) start(node)
  const engine = {
    folder,
    nodes,
    leader,
    nextLeader,
    settled,
    chiefUrl: (database: string) => address('postgres', PASSWORD, database),
    url: address,
    kill: (node: Node) => signal(node, 'SIGKILL'),
    freeze: (node: Node) => signal(node, 'SIGSTOP'),
    thaw: (node: Node) => signal(node, 'SIGCONT'),
    start,
    freezeEtcd: () => etcd.child?.kill('SIGSTOP'),
    thawEtcd: () => etcd.child?.kill('SIGCONT'),
    async switchover(from: Node): Promise<void> {
      const answer = await fetch(`http://127.0.0.1:${from.rest}/switchover`, {
        method: 'POST',
        body: JSON.stringify({ leader: from.name }),
      })
      if (!answer.ok) throw new Error(`the switchover was refused: ${await answer.text()}`)
    },
    async close(): Promise<void> {
      for (const node of nodes) signal(node, 'SIGKILL')
      etcd.child?.kill('SIGKILL')
      await Promise.all([...running.values(), etcd.child].map((child) => child && ended(child)))
      rmSync(folder, { recursive: true, force: true })
    },
  }
  try {
    await engine.nextLeader(null)
    await settled()
  } catch (error) {
    await engine.close()
    throw error
  }
  return engine
}

function configuration(node: Node, { etcd, home, bin }: { etcd: number; home: string; bin: string }) {
  const [listen, rest] = [`127.0.0.1:${node.port}`, `127.0.0.1:${node.rest}`]
  return {
    scope: 'permanence',
    name: node.name,
    restapi: { listen: rest, connect_address: rest },
    etcd3: { hosts: `127.0.0.1:${etcd}` },
    bootstrap: {
      dcs: {
        ttl: ENGINE.ttl,
        loop_wait: ENGINE.loopWait,
        retry_timeout: ENGINE.retryTimeout,
        maximum_lag_on_failover: 1_048_576,
        synchronous_mode: true,
        failsafe_mode: true,
        postgresql: {
          use_pg_rewind: true,
          use_slots: true,
          parameters: {
            max_connections: 80,
            shared_buffers: '64MB',
            wal_keep_size: '128MB',
            hot_standby: 'on',
          },
        },
      },
      initdb: [{ encoding: 'UTF8' }, { locale: 'C.UTF-8' }, 'data-checksums'],
    },
    postgresql: {
      listen,
      connect_address: listen,
      data_dir: join(home, node.name),
      bin_dir: bin,
      pgpass: join(home, `${node.name}.pgpass`),
      authentication: {
        superuser: { username: 'postgres', password: PASSWORD },
        replication: { username: 'replicator', password: PASSWORD },
        rewind: { username: 'rewinder', password: PASSWORD },
      },
      pg_hba: [
        'local all all trust',
        'host all all 127.0.0.1/32 scram-sha-256',
        'host replication replicator 127.0.0.1/32 scram-sha-256',
      ],
      parameters: { unix_socket_directories: home, log_min_error_statement: 'panic' },
    },
    watchdog: { mode: 'off' },
  }
}

async function asks({ rest }: Node, path: string): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${rest}${path}`, { signal: AbortSignal.timeout(1_000) })).ok
  } catch {
    return false
  }
}

function tell(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It ended in between.
  }
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => child.once('exit', () => resolve()))
}
