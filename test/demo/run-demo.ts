import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describeEvent } from '../../electron/command-line/describe-event.ts'
import type { StationEvent } from '../../shared/station-event.ts'
import { sampleAppointments, startSimulator, type Simulator } from '../simulator/simulator.ts'
import { createDemoSite, type DemoSite } from './demo-site.ts'
import { createEventBook, type EventBook } from './event-book.ts'
import { describeEnding, describeExpectation, faultsOf, isEnding, type Ending } from './outcome.ts'
import { appointmentWithHiccup, makeSamples, wronglyNamedAppointment, type Sample } from './samples.ts'
import { formatTable } from './table.ts'

/** The colours of a line; a screen without colours ignores them. */
export type Tone = 'plain' | 'good' | 'attention' | 'bad' | 'faint' | 'heading'

export type DemoScreen = {
  readonly widthCharacters: number
  line(text: string, tone?: Tone): void
}

export type DemoOptions = {
  readonly screen: DemoScreen
  /** Ends the demo early: the user, or a time limit. */
  readonly signal: AbortSignal
  /** A last touch to the simulator before the first drop; for tests. */
  readonly prepare?: (simulator: Simulator) => void
  /** Where it plays: unattended in this process unless another site is given. */
  readonly openSite?: (simulator: Simulator) => Promise<DemoSite>
}

const SLOW_PARTS = 4

/**
 * The whole demo: simulator, site, station, drops, table. True only when every file had the outcome that it should.
 * Ended early it still shows the table, which then says what is missing.
 */
export async function runDemo({
  screen,
  signal,
  prepare,
  openSite = createDemoSite,
}: DemoOptions): Promise<boolean> {
  const simulator = await startSimulator({ appointments: sampleAppointments(Date.now()) })
  let site: DemoSite | null = null
  try {
    simulator.fault({
      endpoint: 'report',
      appointmentId: appointmentWithHiccup,
      fault: { kind: 'server-error', status: 503 },
    })
    prepare?.(simulator)
    site = await openSite(simulator)
    return await perform(simulator, site, screen, signal)
  } finally {
    await simulator.close()
    await site?.remove()
  }
}

async function perform(
  simulator: Simulator,
  site: DemoSite,
  screen: DemoScreen,
  signal: AbortSignal,
): Promise<boolean> {
  const samples = await makeSamples((id) => simulator.appointment('acme', id))
  screen.line(`QUBS (simulated)  ${simulator.baseUrl}`, 'faint')
  screen.line(`Drop folder       ${site.drop}`, 'faint')
  screen.line('')

  const book = createEventBook()
  const closing = new AbortController()
  const emit = (event: StationEvent): void => {
    const text = describeEvent(event)
    if (text !== null) screen.line(text, toneOf(event))
    book.add(event)
  }
  const ended = new DemoEnded('The station ended before every file had its outcome.')
  const run = site
    .run(emit, (text) => screen.line(text), AbortSignal.any([signal, closing.signal]))
    .finally(() => book.close(ended))
  try {
    await Promise.race([dropAll(samples, site, book, screen), run.then(() => Promise.reject(ended))])
  } catch (error) {
    if (!(error instanceof DemoEnded)) throw error
    screen.line(error.message, 'bad')
  } finally {
    closing.abort()
    await run
  }
  return summarise(samples, book, simulator, await site.files(), screen)
}

class DemoEnded extends Error {}

/** Drops like a dictation system, each file after the last one's outcome; the slow copy goes on between them. */
async function dropAll(
  samples: readonly Sample[],
  site: DemoSite,
  book: EventBook,
  screen: DemoScreen,
): Promise<void> {
  await book.waitFor((event) => event.event === 'started')
  const outcomeOf = (sample: Sample) => book.waitFor((event) => isEnding(event) && event.file === sample.file)
  const slow = samples.find((sample) => sample.copied === 'slowly')
  let slowParts: Uint8Array[] = []

  for (const sample of samples) {
    screen.line(`dropped    ${sample.file} (${sample.what})`, 'faint')
    const path = join(site.drop, sample.file)
    // Writers put the sidecar first (interfaces.md 3).
    if (sample.sidecar !== null) await writeFile(`${path}.json`, JSON.stringify(sample.sidecar))
    if (sample.copied === 'slowly') {
      const [first = new Uint8Array(), ...others] = inParts(sample.bytes, SLOW_PARTS)
      await writeFile(path, first)
      slowParts = others
      continue
    }
    await writeFile(path, sample.bytes)
    if (sample.copied === 'unattended') continue
    await outcomeOf(sample)
    const part = slowParts.shift()
    if (part === undefined || slow === undefined) continue
    await appendFile(join(site.drop, slow.file), part)
    screen.line(`copying    ${slow.file}${slowParts.length === 0 ? ', now complete' : ''}`, 'faint')
    if (slowParts.length === 0) await outcomeOf(slow)
  }
  await Promise.all(samples.map(outcomeOf))
}

function inParts(bytes: Uint8Array, count: number): Uint8Array[] {
  const size = Math.ceil(bytes.length / count)
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * size, (index + 1) * size))
}

function summarise(
  samples: readonly Sample[],
  book: EventBook,
  simulator: Simulator,
  folder: readonly string[],
  screen: DemoScreen,
): boolean {
  const endingOf = (file: string): Ending | null => {
    const event = book.find((candidate) => isEnding(candidate) && candidate.file === file)
    return event !== null && isEnding(event) ? event : null
  }
  const rows = samples.map(({ file, expected }) => {
    const ending = endingOf(file)
    const faults = faultsOf(file, expected, ending, {
      appointment: (id) => simulator.appointment('acme', id),
      idOf: (other) => endingOf(other)?.id ?? null,
      folder,
    })
    return { file, expected, ending, faults }
  })
  screen.line('')
  const table = formatTable(
    [
      ['', 'File', 'Expected', 'What became of it'],
      ...rows.map(({ file, expected, ending, faults }) => [
        faults.length === 0 ? '✓' : '✗',
        file,
        describeExpectation(expected),
        [describeEnding(ending), ...faults.map((fault) => `WRONG: ${fault}.`)].join(' '),
      ]),
    ],
    screen.widthCharacters,
  )
  let tone: Tone = 'heading'
  for (const line of table) {
    if (line.startsWith('✓')) tone = 'plain'
    if (line.startsWith('✗')) tone = 'bad'
    screen.line(line, tone)
  }

  const delivered = samples.filter(({ expected }) => expected.kind === 'delivered').length
  const wireFaults = sayTraffic(simulator, delivered, screen)
  const stayed = sayWrongPatient(samples, simulator, screen)
  const right = rows.filter(({ faults }) => faults.length === 0).length
  const allIsWell = right === rows.length && !wireFaults && stayed
  screen.line('')
  screen.line(
    `${right} of ${rows.length} files had the outcome that they should.`,
    allIsWell ? 'good' : 'bad',
  )
  return allIsWell
}

/** @returns whether a number is not what it must be: one of each per delivery, one more for the repeated report. */
function sayTraffic(simulator: Simulator, delivered: number, screen: DemoScreen): boolean {
  const counts = new Map<string, number>()
  for (const { endpoint } of simulator.requests()) counts.set(endpoint, (counts.get(endpoint) ?? 0) + 1)
  const said = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, count]) => `${name} ${count}`)
  screen.line('')
  screen.line(`On the wire: ${said.join(' · ')}`)
  const keys = new Set(
    simulator
      .requests(
        ({ endpoint, appointmentId }) => endpoint === 'report' && appointmentId === appointmentWithHiccup,
      )
      .map((request) => `${request.headers['idempotency-key']} ${request.body.toString('base64')}`),
  )
  const right =
    counts.get('token') === 1 &&
    counts.get('upload-urls') === delivered &&
    counts.get('put') === delivered &&
    counts.get('report') === delivered + 1 &&
    keys.size === 1
  screen.line(
    right
      ? `That is one token, and one upload address, one PUT and one report for each of ${delivered} deliveries; the report that met the busy QUBS was repeated once, with the same key and bytes.`
      : `WRONG: it should have been one token, ${delivered} upload-urls, ${delivered} put and ${delivered + 1} report, the repeated one with the same key and bytes.`,
    right ? 'plain' : 'bad',
  )
  return !right
}

/** Looks through everything that came over the wire. @returns whether the report never left the folder */
function sayWrongPatient(samples: readonly Sample[], simulator: Simulator, screen: DemoScreen): boolean {
  const sample = samples.find(
    ({ expected }) => expected.kind === 'held' && expected.reason === 'identity-mismatch',
  )
  const bytes = Buffer.from(sample?.bytes ?? [])
  const left = simulator
    .requests()
    .some(
      ({ method, appointmentId, body }) =>
        (appointmentId === wronglyNamedAppointment && method !== 'GET') || body.includes(bytes),
    )
  screen.line(
    left
      ? 'WRONG: the wrong-patient report left the folder.'
      : `The wrong-patient report (${sample?.file ?? ''}) never left the folder: nothing was written to ${wronglyNamedAppointment}, and its bytes are in no request.`,
    left ? 'bad' : 'plain',
  )
  return !left
}

const tones: Partial<Record<StationEvent['event'], Tone>> = {
  delivered: 'good',
  held: 'attention',
  waiting: 'attention',
  offline: 'attention',
}

function toneOf(event: StationEvent): Tone {
  return tones[event.event] ?? 'plain'
}
