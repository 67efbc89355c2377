// node scripts/run.mjs FILE …: runs a program of the project beside its database.
import { runUnderOwnNode } from './bootstrap.mjs'

await runUnderOwnNode('scripts/start/beside-database.ts')
