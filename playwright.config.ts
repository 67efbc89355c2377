import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import { ownClock } from './e2e/other-clock.ts'
import { CHROMIUM_FLAGS, findChromium } from './scripts/testing/chromium.ts'
import { OIDC_CLIENT } from './scripts/testing/oidc-client.ts'

// Kept in the environment: Playwright reads this file again in each of its processes.
process.env.E2E_PORTS ??= '3210'
process.env.E2E_DATA ??= mkdtempSync(join(tmpdir(), `permanence-test-${process.pid}-`))
process.env.CHROMIUM_PATH ??= findChromium() ?? undefined

const given = process.env.E2E_BASE_URL

/** A second port of a desk, where a journey stands up somebody to be spoken to; until it does, nobody answers there. */
const beside = (port: string, by: number) => String(Number(port) + (Number(port) < 60_000 ? by : -by))

/** One demonstration for each worker: one desk, one queue, and journeys that change it at once would see each other's cases. */
const desks = process.env.E2E_PORTS.split(',').map((port, nth) => ({
  url: `http://localhost:${port}`,
  port,
  dataDir: join(process.env.E2E_DATA ?? '', String(nth)),
  oidcPort: beside(port, 1_000),
  tracesPort: beside(port, 2_000),
}))
const own = desks[Number(process.env.TEST_PARALLEL_INDEX ?? 0)]
if (own && !given) {
  process.env.E2E_DATA_DIR = own.dataDir
  process.env.E2E_OIDC_PORT = own.oidcPort
  process.env.E2E_TRACES_PORT = own.tracesPort
}

/** No page lives long enough to earn back what its scripts' second compiling costs: a sixth of the renderer's time. */
const SHORT_LIVED = ['--js-flags=--no-opt --no-maglev --single-threaded-gc']

/** Journeys against the production build, on a demonstration of their own; E2E_BASE_URL names a running one instead. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // With every core busy a journey still ends: what is wrong is said by the fact it waits for, not by its duration.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  // Files are taken from one list, the next by whoever is free.
  workers: given ? 1 : desks.length,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  use: {
    baseURL: given ?? own?.url,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    // a step that hangs is named, instead of the whole journey
    actionTimeout: 30_000,
    screenshot: 'only-on-failure',
    // What is kept for a cut is tried by its own journey (hors-ligne.spec.ts); elsewhere every answer comes from the server.
    serviceWorkers: 'block',
    // Recording every step takes time: asked for with TRACE=1, when a failure is to be understood.
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: [...CHROMIUM_FLAGS, ...SHORT_LIVED],
      env: ownClock(),
    },
  },
  projects: [{ name: 'chromium', use: { browserName: 'chromium' } }],
  webServer: given
    ? undefined
    : desks.map(({ url, port, dataDir, oidcPort, tracesPort }) => ({
        command: 'node scripts/start.mjs',
        url: `${url}/api/health`,
        env: {
          PORT: port,
          PERMANENCE_DATA_DIR: dataDir,
          DATABASE_URL: '',
          NEXTAUTH_URL: url,
          OIDC_ISSUER: `http://localhost:${oidcPort}`,
          OTEL_EXPORTER_OTLP_ENDPOINT: `http://localhost:${tracesPort}`,
          OIDC_CLIENT_ID: OIDC_CLIENT.id,
          OIDC_CLIENT_SECRET: OIDC_CLIENT.secret,
        },
        reuseExistingServer: false,
        timeout: 300_000,
        gracefulShutdown: { signal: 'SIGTERM', timeout: 40_000 },
      })),
})
