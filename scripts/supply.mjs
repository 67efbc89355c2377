import { runUnderOwnNode } from './bootstrap.mjs'

await runUnderOwnNode('scripts/supply/main.ts')
