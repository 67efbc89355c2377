import { build } from '../start/build.ts'
import { told } from './told.ts'

// node scripts/operate.mjs build: what npm start would build at its first start, for an image or a host without a compiler's time.
await told(async () => {
  await build(console.log)
  return true
})
