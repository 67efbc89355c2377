import { isAway } from './away.ts'

/** Somebody left in the middle of an answer: every day, and nobody's fault. */
const LEFT = /^(ECONNRESET|EPIPE|ECANCELED|ABORT_ERR|ERR_STREAM_\w+|ERR_HTTP_HEADERS_SENT)$/
const LEFT_NAMES = /^(AbortError|ResponseAborted|TimeoutError)$/

export type Uncaught = 'uncaughtException' | 'unhandledRejection'

/**
 * An error that nobody caught and nobody can explain leaves a process that cannot be trusted: it ends, and its supervisor
 * starts another within the second. The framework would only write it down and go on half dead. `endsFor` says of a promise
 * that nobody waited for whether it is one of those.
 */
export function endWhenUnexplained(
  say: (error: unknown) => void,
  endsFor: (error: unknown) => boolean = () => true,
): void {
  const heard = (error: unknown, kind: Uncaught) => {
    if (isAway(error) || hasLeft(error) || (kind === 'unhandledRejection' && !endsFor(error))) return
    say(error)
    process.exit(1)
  }
  process.on('uncaughtException', (error) => heard(error, 'uncaughtException'))
  process.on('unhandledRejection', (error) => heard(error, 'unhandledRejection'))
}

/** Thrown by the driver itself: whatever it holds is not to be trusted any more. */
export function isDriverFault(error: unknown): boolean {
  return (
    error instanceof TypeError && /node_modules\/(postgres|pg|pg-pool|pg-protocol)\//.test(error.stack ?? '')
  )
}

function hasLeft(error: unknown): boolean {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown }
  return (typeof code === 'string' && LEFT.test(code)) || (typeof name === 'string' && LEFT_NAMES.test(name))
}
