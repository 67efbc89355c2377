import { createReadStream } from 'node:fs'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'

const compress = promisify(brotliCompress)
const KINDS: Record<string, string> = {
  '.js': 'application/javascript; charset=UTF-8',
  '.css': 'text/css; charset=UTF-8',
}
/** A name as the bundler writes it: no way up, no way out. */
const BUILT = /^\/_next\/(static\/[\w~-]+(?:[/.][\w~-]+)*\.(?:js|css))(?:\?|$)/

/**
 * What was built never changes: packed once, as tightly as it goes, a sixth smaller than what is packed at each request and
 * without its cost. Everything else is packed by the framework, unless it says `no-transform`.
 */
export async function packBuilt(distDir: string): Promise<void> {
  const names = await readdir(join(distDir, 'static'), { recursive: true })
  const wanted = names.filter((name) => extname(name) in KINDS)
  await Promise.all(
    wanted.map(async (name) => {
      const path = join(distDir, 'static', name)
      const content = await readFile(path)
      const params = {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      }
      await writeFile(`${path}.br`, await compress(content, { params }))
    }),
  )
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void

/** Serves what is packed to who can read it; whatever is not there is asked of the next. */
export function packed(distDir: string, next: Listener): Listener {
  return async (request, response) => {
    const [, name] = BUILT.exec(request.url ?? '') ?? []
    const reads = /\bbr\b/.test(String(request.headers['accept-encoding'] ?? ''))
    if (!name || !reads || (request.method !== 'GET' && request.method !== 'HEAD'))
      return next(request, response)
    const path = join(distDir, `${name}.br`)
    const found = await stat(path).catch(() => null)
    if (!found?.isFile()) return next(request, response)
    response.writeHead(200, {
      'Content-Type': KINDS[extname(name)],
      'Content-Encoding': 'br',
      'Content-Length': found.size,
      'Cache-Control': 'public, max-age=31536000, immutable',
      Vary: 'Accept-Encoding',
      'X-Content-Type-Options': 'nosniff',
    })
    if (request.method === 'HEAD') response.end()
    // A browser that leaves ends the reading too; either end's failure is nobody else's.
    else await pipeline(createReadStream(path), response).catch(() => response.destroy())
  }
}
