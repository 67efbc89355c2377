import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A line to the service that can be cut in the middle of a stream, as a digger does it, or swallow all that is sent without a word. */
export async function cuttableLine({ hostname, port }: URL) {
  const open = new Set<Socket>()
  let whole = true
  let silent = false
  const server = createServer((near) => {
    if (!whole) return near.destroy()
    const far = connect(Number(port), hostname)
    for (const one of [near, far]) {
      open.add(one)
      one.on('error', () => {})
      one.on('close', () => {
        near.destroy()
        far.destroy()
      })
    }
    near.on('data', (bytes) => silent || far.write(bytes))
    far.on('data', (bytes) => silent || near.write(bytes))
  })
  await new Promise<void>((listening) => server.listen(0, listening))
  const hangUp = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    cut: () => {
      whole = false
      hangUp()
    },
    swallow: () => {
      silent = true
    },
    mend: () => {
      whole = true
      silent = false
      hangUp()
    },
    end: () => {
      hangUp()
      server.close()
    },
  }
}
