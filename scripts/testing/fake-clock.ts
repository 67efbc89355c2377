import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** What brings the library, said to whoever may not install it here. */
export const BRING_IT = 'apt-get install faketime'
export const BRING_COMPILER = 'apt-get install gcc libc6-dev'

/** Debian's libfaketime, installed when that is ours to do; null where it is not. */
export function ensureFakeClock(say: (line: string) => void): string | null {
  return findLibrary() ?? (install(say) ? findLibrary() : null)
}

/**
 * The environment in which a process and its children believe that it is `at`, and time goes on from there. What only
 * measures (CLOCK_MONOTONIC) is left alone, or timers and time limits would wait for ever.
 */
export function clockAt(at: Date, now: Date, library: string): Record<string, string> {
  const seconds = Math.round((+at - +now) / 1000)
  return {
    LD_PRELOAD: library,
    // A shift, not an hour: given an hour, each process would begin anew at it.
    FAKETIME: `${seconds < 0 ? '' : '+'}${seconds}s`,
    DONT_FAKE_MONOTONIC: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  }
}

/**
 * Libfaketime shows the true clock to a signal that comes while it waits in epoll_wait: PostgreSQL's time limits, asked a year too
 * early, would never fire. This one waits without it. Made in `folder`; null without a C compiler.
 */
export function makeTrueWaits(folder: string): string | null {
  const made = join(folder, 'true-waits.so')
  const { status } = spawnSync('cc', ['-shared', '-fPIC', '-x', 'c', '-', '-o', made], { input: TRUE_WAITS })
  return status === 0 ? made : null
}

const TRUE_WAITS = `
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <unistd.h>
int epoll_wait(int fd, struct epoll_event *events, int most, int ms) {
  return syscall(SYS_epoll_pwait, fd, events, most, ms, 0, 8);
}
`

// The build for programs of several threads, as Node is.
function findLibrary(): string | null {
  const [lib, file] = ['/usr/lib', 'faketime/libfaketimeMT.so.1']
  if (process.platform !== 'linux') return null
  const places = readdirSync(lib).map((name) => join(lib, name, file))
  return places.find((place) => existsSync(place)) ?? null
}

function install(say: (line: string) => void): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  say(`No libfaketime found; trying ${BRING_IT}`)
  const debian = 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq faketime'
  return (
    spawnSync('sh', ['-c', debian], { stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 }).status === 0
  )
}
