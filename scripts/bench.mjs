import { runUnderOwnNode } from './bootstrap.mjs'

await runUnderOwnNode('scripts/bench/main.ts')
