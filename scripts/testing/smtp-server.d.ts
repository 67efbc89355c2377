/** The part of the package `smtp-server` that the tests use; it brings no types. */
declare module 'smtp-server' {
  import type { EventEmitter } from 'node:events'
  import type { Readable } from 'node:stream'

  type Done = (error?: Error | null) => void
  export class SMTPServer extends EventEmitter {
    constructor(options: {
      authOptional: boolean
      disabledCommands: string[]
      onRcptTo: (to: unknown, session: unknown, done: Done) => void
      onData: (stream: Readable, session: unknown, done: Done) => void
    })
    connections: Set<unknown>
    listen(port: number, host: string, done: () => void): void
    close(done?: () => void): void
  }
}
