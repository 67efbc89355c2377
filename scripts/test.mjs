import { runUnderOwnNode } from './bootstrap.mjs'

await runUnderOwnNode('scripts/testing/all.ts')
