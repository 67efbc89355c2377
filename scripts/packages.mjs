import { registerHooks } from 'node:module'

// Loaded into each of our processes first. Node asks a package's package.json of what kind a file is, for each file of it, and reads
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
