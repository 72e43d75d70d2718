import { parseArgs } from 'node:util'
import { measureIdentity, type Measurement } from './measure.ts'

/**
 * `npm run identity`: does the matcher send the right reports and only those? Exit 1 when a report went to a wrong
 * patient or study, or when fewer than 97 % of the right ones that can be proved went by themselves.
 */

const LEAST_SENT_PERCENT = 97

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`
}

function table({ byVariant, byName, sentWrong, shouldSend, didSend }: Measurement): string {
  const variants = [...byVariant].toSorted(([a], [b]) => a.localeCompare(b, 'en'))
  const lines = variants.map(([variant, { documents, sentRight, sentWrong: wrong, held }]) => {
    const reasons = [...held].map(([reason, count]) => `${reason} ${String(count)}`).join(', ')
    return `${variant.padEnd(54)}${String(documents).padStart(7)}${String(sentRight).padStart(8)}${String(wrong).padStart(8)}  ${reasons}`
  })
  const names = [...byName]
    .filter(([, { should, did }]) => did < should)
    .toSorted(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([name, { should, did }]) => `  ${name}: ${String(did)} of ${String(should)}`)
  return [
    `${'variant'.padEnd(54)}${'written'.padStart(7)}${'right'.padStart(8)}${'WRONG'.padStart(8)}  held`,
    ...lines,
    '',
    ...(names.length > 0 ? ['Writings of the name that did not always go by themselves:', ...names, ''] : []),
    `Sent to a wrong patient or study: ${String(sentWrong)}`,
    `Right, two elements to compare, sent by itself: ${String(didSend)} of ${String(shouldSend)} (${percent(didSend, shouldSend)})`,
    '',
  ].join('\n')
}

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, documents: { type: 'string', default: '20000' } },
})
const measurement = measureIdentity(Number(values.seed), Number(values.documents))
process.stdout.write(table(measurement))
const enough =
  measurement.didSend * 100 >= LEAST_SENT_PERCENT * measurement.shouldSend && measurement.shouldSend > 0
process.exitCode = measurement.sentWrong === 0 && enough ? 0 : 1
