import { runUnderOwnNode } from './bootstrap.mjs'

await runUnderOwnNode('scripts/schema.ts')
