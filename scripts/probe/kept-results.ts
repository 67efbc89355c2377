import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

export type Result = {
  id: string
  agreement: number
  burst: number | null
  at: string
  sip: number | null
  cause: number | null
  rang: boolean
  delayMs: number | null
  talkMs: number | null
}

/** So many wait while the portal is away: three days of a probe that calls each two seconds; beyond, the oldest go. */
const MOST = 130_000

/** Results wait in a file until the portal has them: a probe that is started again still has its own to tell. */
export function keptResults(path: string) {
  const waiting: Result[] = existsSync(path) ? readFileSync(path, 'utf8').split('\n').flatMap(lineOf) : []
  const rewrite = () => {
    writeFileSync(`${path}.new`, waiting.map((one) => `${JSON.stringify(one)}\n`).join(''))
    renameSync(`${path}.new`, path)
  }
  return {
    add(...news: Result[]) {
      if (news.length === 0) return
      waiting.push(...news)
      if (waiting.length > MOST) {
        waiting.splice(0, waiting.length - MOST)
        rewrite()
      } else appendFileSync(path, news.map((one) => `${JSON.stringify(one)}\n`).join(''))
    },
    first: (most: number): Result[] => waiting.slice(0, most),
    told(count: number) {
      waiting.splice(0, count)
      if (count > 0) rewrite()
    },
    size: () => waiting.length,
  }
}

function lineOf(line: string): Result[] {
  try {
    return line.trim() === '' ? [] : [JSON.parse(line) as Result]
  } catch {
    // The last line of a machine that lost its power.
    return []
  }
}
