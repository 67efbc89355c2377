import { registerHooks } from 'node:module'
import { setDefaultAutoSelectFamilyAttemptTimeout } from 'node:net'

// Loaded into each of our processes first.

// Node gives a name's first address a quarter of a second, and then goes to the next. A process that is busy for so long sees the
// quarter over before it sees that it is connected: it gave up a counterpart that had answered, and the other address had nobody.
setDefaultAutoSelectFamilyAttemptTimeout(2_500)

// Node asks a package's package.json of what kind a file is, for each file of it, and reads
// it anew: that of drizzle-orm weighs 179 kB, and a hundred of its files are read, which took a third of a start. A file named by one
// beside it is a module as that one.
const SLOW = '/node_modules/drizzle-orm/'

registerHooks({
  resolve(specifier, context, next) {
    const beside = /^\.\.?\/.*\.js$/.test(specifier) && context.parentURL?.includes(SLOW)
    if (!beside || context.conditions.includes('require')) return next(specifier, context)
    return { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true }
  },
})
