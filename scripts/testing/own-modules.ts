import { vi } from 'vitest'

// Many files are tested in one process: what packages are is read once, what is ours begins anew in each.
const first = globalThis as unknown as { environment?: NodeJS.ProcessEnv }
first.environment ??= { ...process.env }

vi.useRealTimers()
vi.unstubAllGlobals()
vi.unstubAllEnvs()
vi.resetModules()
for (const name of Object.keys(process.env)) if (!(name in first.environment)) delete process.env[name]
Object.assign(process.env, first.environment)
