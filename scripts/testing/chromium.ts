import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

/** Without windows, profiles and extensions: the same pages for half the processor time. */
const SHELL = '/usr/bin/chromium-headless-shell'
const PLACES = [
  SHELL,
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

/** A Chromium that answers, or null: $CHROMIUM_PATH, Playwright's own, the system's shell, the system's browser. */
export function findChromium(): string | null {
  const places = [process.env.CHROMIUM_PATH, chromium.executablePath(), ...PLACES]
  return places.find((place) => place && existsSync(place) && answers(place)) ?? null
}

/** Finds a Chromium, or installs one: the system's package when root, then Playwright's download. */
export function ensureChromium(say: (line: string) => void): string | null {
  const found = findChromium()
  // Of one that opens windows, the shell is sought once all the same.
  if (found && (process.env.CHROMIUM_PATH || existsSync(SHELL) || !isRoot())) return found
  for (const [command, ...args] of installers()) {
    say(`Installing a browser for the journeys: ${[command, ...args].join(' ')}`)
    spawnSync(command as string, args, { stdio: ['ignore', 'inherit', 'inherit'], timeout: 300_000 })
    const installed = findChromium()
    if (installed) return installed
  }
  return null
}

function isRoot(): boolean {
  return process.getuid?.() === 0
}

function installers(): string[][] {
  const own = [process.execPath, 'node_modules/@playwright/test/cli.js', 'install', 'chromium']
  if (!isRoot()) return [own]
  const get = (name: string) => `DEBIAN_FRONTEND=noninteractive apt-get install -y ${name}`
  return [['sh', '-c', `apt-get update && (${get('chromium-headless-shell')} || ${get('chromium')})`], own]
}

// Playwright's download may lack the system's libraries: it is there and does not start.
function answers(place: string): boolean {
  return spawnSync(place, ['--version'], { timeout: 20_000 }).status === 0
}
