import { runUnderOwnNode } from './bootstrap.mjs'

await runUnderOwnNode('scripts/start/reset.ts')
