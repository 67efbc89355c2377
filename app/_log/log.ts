import { basename } from 'node:path'
import pino from 'pino'
import { causeOf } from './cause.ts'

/**
 * One JSON line an event, on the process's own output: time, level, process, and what the event says. What is written is
 * codes, names of ours and counts; an error goes through causeOf, so that nothing anybody typed is ever written down.
 */
export const log = pino({
  // web, worker…: the file the process was started with.
  base: { process: basename(process.argv[1] ?? 'node').replace(/\.\w+$/, ''), pid: process.pid },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  serializers: { error: causeOf },
})
