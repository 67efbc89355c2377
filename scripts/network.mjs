// npm run network: a telephone network to practise on, on this machine alone.
import { runUnderOwnNode } from './bootstrap.mjs'

await runUnderOwnNode('scripts/network/main.ts')
