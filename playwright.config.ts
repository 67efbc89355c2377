import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import { CHROMIUM_FLAGS, findChromium } from './scripts/testing/chromium.ts'
import { OIDC_CLIENT } from './scripts/testing/oidc-client.ts'

// Kept in the environment: Playwright reads this file again in each of its processes.
process.env.E2E_PORT ??= '3210'
process.env.E2E_DATA_DIR ??= mkdtempSync(join(tmpdir(), `permanence-test-${process.pid}-`))
process.env.CHROMIUM_PATH ??= findChromium() ?? undefined

// Where a journey stands up an identity provider of its own; until it does, nobody answers there.
process.env.E2E_OIDC_PORT ??= String(
  Number(process.env.E2E_PORT) + (Number(process.env.E2E_PORT) < 60_000 ? 1_000 : -1_000),
)

const given = process.env.E2E_BASE_URL
const baseURL = given ?? `http://localhost:${process.env.E2E_PORT}`

/** Journeys against the production build, on a demonstration of their own; E2E_BASE_URL names a running one instead. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // With every core busy a journey still ends: what is wrong is said by the fact it waits for, not by its duration.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  // one desk, one queue: journeys that change it at once would see each other's cases
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  use: {
    baseURL,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    // a step that hangs is named, instead of the whole journey
    actionTimeout: 30_000,
    screenshot: 'only-on-failure',
    // What is kept for a cut is tried by its own journey (hors-ligne.spec.ts); elsewhere every answer comes from the server.
    serviceWorkers: 'block',
    // Recording every step takes time: asked for with TRACE=1, when a failure is to be understood.
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
    launchOptions: { executablePath: process.env.CHROMIUM_PATH, args: CHROMIUM_FLAGS },
  },
  projects: [{ name: 'chromium', use: { browserName: 'chromium' } }],
  webServer: given
    ? undefined
    : {
        command: 'node scripts/start.mjs',
        url: `${baseURL}/api/health`,
        env: {
          PORT: process.env.E2E_PORT,
          PERMANENCE_DATA_DIR: process.env.E2E_DATA_DIR,
          DATABASE_URL: '',
          NEXTAUTH_URL: baseURL,
          OIDC_ISSUER: `http://localhost:${process.env.E2E_OIDC_PORT}`,
          OIDC_CLIENT_ID: OIDC_CLIENT.id,
          OIDC_CLIENT_SECRET: OIDC_CLIENT.secret,
        },
        reuseExistingServer: false,
        timeout: 300_000,
        gracefulShutdown: { signal: 'SIGTERM', timeout: 40_000 },
      },
})
