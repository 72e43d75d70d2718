import { createHash } from 'node:crypto'
import { afterEach, beforeEach } from 'vitest'
import type { StationEvent } from '../../../shared/station-event.ts'
import {
  sampleAppointments,
  startSimulator,
  type AppointmentState,
  type EndpointName,
  type RecordedRequest,
  type Seed,
  type Simulator,
} from '../../simulator/simulator.ts'
import { createWorkbench, type Finished, type Workbench, type WorkbenchOptions } from './workbench.ts'

/** A simulator and a site for every test of a file, with the questions that all station tests ask. */
export type Site = {
  readonly simulator: Simulator
  readonly bench: Workbench
  /** The seeds of the simulator; `simulator.reset()` starts anew from what they are then. */
  readonly seeds: Seed[]
  readonly study: (appointmentId: string) => AppointmentState
  readonly requests: (endpoint: EndpointName, appointmentId?: string) => RecordedRequest[]
  readonly once: () => Promise<Finished>
}

export function useSite(options: WorkbenchOptions & { readonly appointments?: () => Seed[] } = {}): Site {
  let simulator: Simulator | undefined
  let bench: Workbench | undefined
  const seeds: Seed[] = []

  beforeEach(async () => {
    seeds.splice(0, seeds.length, ...(options.appointments?.() ?? sampleAppointments(Date.now())))
    const domains = options.domains ?? ['acme']
    simulator = await startSimulator({ appointments: seeds, domains })
    bench = await createWorkbench(simulator, options)
  })
  afterEach(async () => {
    await bench?.remove()
    await simulator?.close()
  })

  function present<T>(value: T | undefined): T {
    if (value === undefined) throw new Error('The site exists only within a test.')
    return value
  }

  return {
    get simulator() {
      return present(simulator)
    },
    get bench() {
      return present(bench)
    },
    seeds,
    study: (id) => present(simulator).appointment('acme', id),
    requests: (endpoint, id) =>
      present(simulator).requests(
        (request) => request.endpoint === endpoint && (id === undefined || request.appointmentId === id),
      ),
    once: () => present(bench).run(['run', '--once', '--json']),
  }
}

/** The last word on each file: `held no-match`, `delivered A100003 final`, … */
export function outcomes(events: readonly StationEvent[]): Record<string, string> {
  const last: Record<string, string> = {}
  for (const event of events) {
    if (event.event === 'held' || event.event === 'waiting')
      last[event.file] = `${event.event} ${event.reason}`
    if (event.event === 'delivered') last[event.file] = `delivered ${event.appointmentId} ${event.status}`
    if (event.event === 'duplicate') last[event.file] = 'duplicate'
  }
  return last
}

export function idOf(events: readonly StationEvent[], file: string): string {
  for (const event of events) if ('file' in event && event.file === file) return event.id
  throw new Error(`No event about ${file}.`)
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Invented patients, all different, one appointment each: `B00001` … */
export function manyAppointments(count: number): Seed[] {
  return Array.from({ length: count }, (_, index): Seed => {
    const number = index + 1
    const letters = String(number).replaceAll(/\d/gu, (digit) => 'abcdefghij'.charAt(Number(digit)))
    return {
      domain: 'acme',
      appointmentId: `B${String(number).padStart(5, '0')}`,
      patientId: String(330_000 + number),
      firstName: `Given${letters}`,
      lastName: `Family${letters}`,
      patientName: `Given${letters} Family${letters}`,
      dateOfBirth: `19${50 + (index % 40)}-0${1 + (index % 9)}-1${index % 9}`,
      gender: index % 2 === 0 ? 'F' : 'M',
      studyInstanceUid: `1.2.276.0.99.5.${number}`,
    }
  })
}

/** Numbers in [0, 1) that depend on the seed alone. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
