import { writeTable, type Measured } from './table.ts'
import { measureWindow } from './ui.ts'

/**
 * `npm run bench -- ui`: measures, prints what was measured beside its limits, and ends with 1 where one is missed.
 * Times depend on the machine, so they are judged here and never in a test.
 */
const benches: Readonly<Record<string, () => Promise<readonly Measured[]>>> = { ui: measureWindow }

const wanted = process.argv.slice(2)
const unknown = wanted.find((name) => !Object.hasOwn(benches, name))
if (unknown !== undefined) {
  process.stderr.write(`There is no such bench; choose from: ${Object.keys(benches).join(', ')}.\n`)
  process.exitCode = 2
} else {
  for (const [name, measure] of Object.entries(benches)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    const measured = await measure()
    process.stdout.write(`${name}\n${writeTable(measured)}\n`)
    if (measured.some(({ measured: value, limit }) => value > limit)) process.exitCode = 1
  }
}
