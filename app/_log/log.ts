import { basename } from 'node:path'
import pino from 'pino'
import { causeOf } from './cause.ts'
import { requestId } from './request.ts'

/**
 * One JSON line an event: time, level, process, the request it was for, and what the event says. What is written is codes,
 * names of ours and counts; an error goes through causeOf, so that nothing anybody typed is ever written down.
 */
export const log = pino(
  {
    // web, worker…: the file the process was started with.
    base: { process: basename(process.argv[1] ?? 'node').replace(/\.\w+$/, ''), pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { error: causeOf },
    mixin: () => (requestId() ? { request: requestId() } : {}),
  },
  // At once and on stderr: the last line before an end is not lost, and whoever runs npm start is told it.
  pino.destination({ fd: 2, sync: true }),
)
