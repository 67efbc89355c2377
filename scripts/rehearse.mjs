// npm run rehearse: plays simulated years through the rules; needs no database.
import { runUnderOwnNode } from './bootstrap.mjs'

await runUnderOwnNode('app/rehearsals/cli.ts')
