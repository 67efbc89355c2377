import { runUnderOwnNode } from './bootstrap.mjs'

await runUnderOwnNode('scripts/telephony/main.ts')
