import { readFileSync } from 'node:fs'
import { join } from 'node:path'

let known: string | undefined

/** The name of what is served: a browser's worker (public/service-worker.js) keeps the files of each build apart. */
export function buildName(): string {
  known ??= readName()
  return known
}

function readName(): string {
  try {
    const dir = process.env.NEXT_DIST_DIR || '.next'
    return readFileSync(join(/* turbopackIgnore: true */ process.cwd(), dir, 'BUILD_ID'), 'utf8').trim()
  } catch {
    return 'unbuilt'
  }
}
