import { setImmediate as nextTurn } from 'node:timers/promises'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from '../electron/app.ts'
import { answerControl, tellReady } from './control-channel.ts'

/**
 * Entry of the host process: `node host/main.ts BUNDLE [arguments of the app]`. Runs the app's own main bundle as
 * Electron would: until it first waits for `ready`, and then tells it.
 */

const [, , bundle = '', ...appArguments] = process.argv
// The app sees what `electron .` would give it.
process.argv.splice(1, process.argv.length - 1, app.getAppPath(), ...appArguments)
Object.assign(process, { type: 'browser', defaultApp: true })

function failed(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exit(1)
}

answerControl()
const loaded = import(pathToFileURL(resolve(bundle)).href) as Promise<unknown>
loaded.catch(failed)
try {
  await Promise.race([loaded, app.untilAsked()])
  await nextTurn()
  await app.becomeReady()
  tellReady()
} catch (error) {
  failed(error)
}
