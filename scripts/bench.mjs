import { runUnderOwnNode } from './bootstrap.mjs'

await runUnderOwnNode(
  `scripts/bench/${['storm', 'messages'].includes(process.argv[2]) ? process.argv[2] : 'main'}.ts`,
)
