import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/**
 * Counterparts of the tests that are not ours, from Debian: message centre, mail server, telephone, network. Installed when that is ours to do;
 * where it is not, what needs one is left out and says so.
 */
export const COUNTERPARTS = {
  smsc: { package: 'libnet-smpp-perl', isThere: () => runs('perl', ['-MNet::SMPP', '-e', '1']) },
  dovecot: {
    package: 'dovecot-imapd',
    isThere: () => existsSync('/usr/sbin/dovecot') && process.getuid?.() === 0,
  },
  voice: {
    package: 'baresip-core espeak-ng sip-tester',
    isThere: () =>
      ['/usr/bin/baresip', '/usr/bin/espeak-ng', '/usr/bin/sipp'].every((path) => existsSync(path)),
  },
  poppler: { package: 'poppler-utils', isThere: () => runs('pdftotext', ['-v']) },
  network: {
    package: 'kamailio sip-tester',
    isThere: () => ['/usr/sbin/kamailio', '/usr/bin/sipp'].every((path) => existsSync(path)),
  },
} as const satisfies Record<string, { package: string; isThere: () => boolean }>
export type Counterpart = keyof typeof COUNTERPARTS

export function isThere(part: Counterpart): boolean {
  return COUNTERPARTS[part].isThere()
}

/** What a test that is left out says of itself. */
export function bringing(part: Counterpart): string {
  return `apt-get install ${COUNTERPARTS[part].package}`
}

/** Installs what is missing, when root on a Debian; returns what is still missing, each with the command that brings it. */
export function ensureCounterparts(say: (line: string) => void): string[] {
  const missing = () => (Object.keys(COUNTERPARTS) as Counterpart[]).filter((part) => !isThere(part))
  const wanted = missing()
  if (wanted.length > 0 && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const packages = wanted.map((part) => COUNTERPARTS[part].package).join(' ')
    say(`Counterparts of the tests are missing; trying apt-get install ${packages}`)
    const debian = `apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ${packages}`
    spawnSync('sh', ['-c', debian], { stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 })
  }
  return missing().map((part) => `Left out: the tests against ${part}. What brings it: ${bringing(part)}`)
}

function runs(command: string, args: string[]): boolean {
  return spawnSync(command, args, { timeout: 20_000, stdio: 'ignore' }).status === 0
}
