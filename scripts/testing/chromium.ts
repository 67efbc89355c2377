import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The sandbox of Chromium refuses root; the rest keeps it from talking to anyone but the application. */
export const CHROMIUM_FLAGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  '--disable-gpu',
  '--disable-dev-shm-usage',
]

/** A Chromium that answers, or null: $CHROMIUM_PATH, Playwright's own, the system's. */
export function findChromium(): string | null {
  const places = [process.env.CHROMIUM_PATH, chromium.executablePath(), ...PLACES]
  return places.find((place) => place && existsSync(place) && answers(place)) ?? null
}

/** Finds a Chromium, or installs one: Playwright's download, then the system's package when root. */
export function ensureChromium(say: (line: string) => void): string | null {
  for (const [command, ...args] of [[], ...installers()]) {
    if (command) {
      say(`No Chromium found; trying ${[command, ...args].join(' ')}`)
      spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], timeout: 300_000 })
    }
    const found = findChromium()
    if (found) return found
  }
  return null
}

function installers(): string[][] {
  const own = [process.execPath, 'node_modules/@playwright/test/cli.js', 'install', 'chromium']
  if (process.getuid?.() !== 0) return [own]
  const debian = 'apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y chromium'
  return [own, ['sh', '-c', debian]]
}

// Playwright's download may lack the system's libraries: it is there and does not start.
function answers(place: string): boolean {
  return spawnSync(place, ['--version'], { timeout: 20_000 }).status === 0
}
