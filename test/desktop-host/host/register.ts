import { registerHooks } from 'node:module'

/** Loaded before anything else: the module name `electron` is the stand-in, in this process and nowhere else. */

const standIn = new URL('../electron/index.ts', import.meta.url).href

registerHooks({
  resolve(specifier, context, nextResolve) {
    return specifier === 'electron' || specifier === 'electron/main'
      ? { url: standIn, shortCircuit: true }
      : nextResolve(specifier, context)
  },
})
