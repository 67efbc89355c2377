/** Pieces as kamailio's evapi sends them: 'LENGTH:BYTES,'. What is cut by the network is kept for the next chunk. */
export function makeNetstrings(most = 64 * 1024): (chunk: Buffer) => string[] {
  let waiting: Buffer = Buffer.alloc(0)
  return (chunk) => {
    waiting = Buffer.concat([waiting, chunk])
    const found: string[] = []
    for (;;) {
      const colon = waiting.indexOf(':')
      const digits = waiting.subarray(0, colon < 0 ? 8 : colon).toString('latin1')
      if (!/^\d{0,7}$/.test(digits) || Number(digits) > most) throw new Error('these are no netstrings')
      if (colon < 0) return found
      const end = colon + 1 + Number(digits)
      if (waiting.length < end + 1) return found
      found.push(waiting.subarray(colon + 1, end).toString('utf8'))
      waiting = waiting.subarray(end + 1)
    }
  }
}
