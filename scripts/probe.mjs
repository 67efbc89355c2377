// npm run probe: places agreed test calls with sipp and tells the portal; needs no database.
import { runUnderOwnNode } from './bootstrap.mjs'

await runUnderOwnNode('scripts/probe/main.ts')
