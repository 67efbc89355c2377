import { runUnderOwnNode } from './bootstrap.mjs'

await runUnderOwnNode(`scripts/bench/${process.argv[2] === 'storm' ? 'storm' : 'main'}.ts`)
