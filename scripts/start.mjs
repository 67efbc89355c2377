import { runUnderOwnNode } from './bootstrap.mjs'

await runUnderOwnNode('scripts/start/main.ts')
