/** One server that may answer at an address. */
export type Host = { host: string; port: number }

export type Address = {
  user: string
  password: string
  /** In the order given: PostgreSQL may live on any of them, the primary is the one that is spoken to. */
  hosts: Host[]
  database: string
  parameters: URLSearchParams
}

const SHAPE =
  /^postgres(?:ql)?:\/\/(?:(?<who>[^/?#]*)@)?(?<hosts>[^/?#@]*)\/(?<database>[^/?#]+)(?:\?(?<query>[^#]*))?$/
const HOST = /^(?<host>\[[\da-f:.]+\]|[^:[\]]*)(?::(?<port>\d{1,5}))?$/i

/** Reads an address of PostgreSQL, several hosts too: postgres://USER:PASSWORD@HOST1:5432,HOST2:5432/DATABASE. Null: not one. */
export function parseAddress(url: string): Address | null {
  const { who = '', hosts = '', database = '', query = '' } = SHAPE.exec(url)?.groups ?? {}
  if (!database) return null
  const [user = '', ...password] = who.split(':')
  const found = hosts.split(',').map(readHost)
  if (found.some((one) => one === null)) return null
  try {
    return {
      user: decodeURIComponent(user),
      password: decodeURIComponent(password.join(':')),
      hosts: found as Host[],
      database: decodeURIComponent(database),
      parameters: new URLSearchParams(query),
    }
  } catch {
    // A percent sign that begins no character.
    return null
  }
}

export function writeAddress({ user, password, hosts, database, parameters }: Address): string {
  const who = user && `${encodeURIComponent(user)}${password && `:${encodeURIComponent(password)}`}@`
  const where = hosts.map(
    ({ host, port }) => `${host.includes(':') ? `[${host}]` : encodeURIComponent(host)}:${port}`,
  )
  const query = parameters.size > 0 ? `?${parameters}` : ''
  return `postgres://${who}${where.join(',')}/${encodeURIComponent(database)}${query}`
}

/** As `parseAddress`, for an address that was understood before. */
export function addressOf(url: string): Address {
  const address = parseAddress(url)
  if (!address) throw new Error('an address of PostgreSQL that is not understood')
  return address
}

/** The same database on one of its hosts, as every driver understands it: which host is primary was settled before. */
export function onHost(address: Address, host: Host): Address {
  const parameters = new URLSearchParams(address.parameters)
  parameters.delete('target_session_attrs')
  return { ...address, hosts: [host], parameters }
}

function readHost(text: string): Host | null {
  const { host = '', port = '5432' } = HOST.exec(text)?.groups ?? {}
  if (!HOST.test(text) || Number(port) < 1 || Number(port) > 65_535) return null
  return { host: decodeURIComponent(host).replace(/^\[|\]$/g, '') || 'localhost', port: Number(port) }
}
