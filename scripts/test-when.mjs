import { runUnderOwnNode } from './bootstrap.mjs'

await runUnderOwnNode('scripts/testing/when.ts')
