import { chmodSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Last step before `npm pack`: lets a shell start the compiled entry of the command line. */

const program = join(
  dirname(dirname(dirname(fileURLToPath(import.meta.url)))),
  'dist',
  'electron',
  'radpost.js',
)
const firstLine = '#!/usr/bin/env node'

// The compiler keeps the first line of the source, so it is the source that must have it.
if (readFileSync(program, 'utf8').startsWith(`${firstLine}\n`)) chmodSync(program, 0o755)
else {
  process.stderr.write(`electron/radpost.ts must begin with the line ${firstLine}\n`)
  process.exitCode = 1
}
