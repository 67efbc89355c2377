import { runUnderOwnNode } from './bootstrap.mjs'

await runUnderOwnNode('scripts/chaos/main.ts')
