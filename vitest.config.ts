import { defineConfig } from 'vitest/config'

/** A process for many files: most of what a file costs is reading the packages that the one before has read. */
const shared = {
  isolate: false,
  setupFiles: ['./scripts/testing/own-modules.ts'],
  execArgv: ['--import', './scripts/first.mjs'],
  // a fact is waited for as long as its test may last
  expect: { poll: { timeout: 100_000 } },
}

const ignored = ['node_modules/**', '.next*/**', '.data/**', 'e2e/**']

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'rules',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [...ignored, '**/*.db.test.ts'],
          environment: 'node',
          // with every core busy a property still ends
          testTimeout: 120_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'db',
          include: ['**/*.db.test.ts'],
          exclude: ignored,
          environment: 'node',
          globalSetup: ['./scripts/testing/server.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
    // two cores are shared with the database server
    maxWorkers: 2,
  },
})
