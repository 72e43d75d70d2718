import { createHash } from 'node:crypto'
import type { StationEvent, StationEventOf } from '../../shared/station-event.ts'
import type { AppointmentState } from '../simulator/simulator.ts'
import type { Expectation } from './samples.ts'

/** Compares what became of a sample with what should have; the server's side counts, not only the station's word. */

/** The events that close the case of a dropped file. */
export type Ending = StationEventOf<'delivered'> | StationEventOf<'held'> | StationEventOf<'duplicate'>

export function isEnding(event: StationEvent): event is Ending {
  return event.event === 'delivered' || event.event === 'held' || event.event === 'duplicate'
}

/** What the judge looks at beside the event. */
export type Witnesses = {
  readonly appointment: (appointmentId: string) => Pick<AppointmentState, 'reports' | 'artefacts'>
  /** Id of the delivery of an earlier sample; null where there was none. */
  readonly idOf: (file: string) => string | null
  /** Paths of the files in the drop folder now, with `/`. */
  readonly folder: readonly string[]
}

/** One short sentence for each thing that is not as it should be; empty when all is well. */
export function faultsOf(
  file: string,
  expected: Expectation,
  ending: Ending | null,
  seen: Witnesses,
): string[] {
  if (ending === null) return ['nothing became of it']
  const place = `${ending.event === 'held' ? 'Held' : 'Sent'}/${file.split('/').at(-1) ?? file}`
  const misplaced = seen.folder.includes(place) ? [] : [`the file is not at ${place}`]
  if (ending.event !== expected.kind) return [`it should have been ${expected.kind}`, ...misplaced]
  switch (expected.kind) {
    case 'held': {
      const isRight = ending.event === 'held' && ending.reason === expected.reason
      return [...(isRight ? [] : [`the reason should have been ${expected.reason}`]), ...misplaced]
    }
    case 'duplicate': {
      const isRight = ending.event === 'duplicate' && ending.of === seen.idOf(expected.of)
      return [...(isRight ? [] : [`it should have been a duplicate of ${expected.of}`]), ...misplaced]
    }
    case 'delivered':
      return ending.event === 'delivered'
        ? [...deliveryFaults(expected, ending, seen.appointment(expected.appointmentId)), ...misplaced]
        : misplaced
  }
}

function deliveryFaults(
  expected: Expectation & { kind: 'delivered' },
  ending: StationEventOf<'delivered'>,
  { reports, artefacts }: Pick<AppointmentState, 'reports' | 'artefacts'>,
): string[] {
  const [report] = reports
  const [artefact] = artefacts
  const sha256 = createHash('sha256').update(expected.uploaded).digest('hex')
  const checks: readonly (readonly [boolean, string])[] = [
    [ending.appointmentId === expected.appointmentId, `it should have gone to ${expected.appointmentId}`],
    [ending.status === expected.status, `it should have been ${expected.status}`],
    [reports.length === 1, `the server has ${reports.length} reports instead of one`],
    [report?.reportStatus === expected.status, 'the server has another status'],
    [report?.reportGuid === ending.reportGuid, 'the receipt is not the server’s'],
    [artefacts.length === 1, `the server has ${artefacts.length} files instead of one`],
    [artefact?.sha256 === sha256, 'the server has other bytes'],
    [artefact?.storedContentType === expected.contentType, 'the server has another content type'],
    [ending.attachments.length === 1 && ending.attachments[0]?.readBack === true, 'it was not read back'],
  ]
  return checks.flatMap(([isRight, fault]) => (isRight ? [] : [fault]))
}

/** For the table: what was to be expected. */
export function describeExpectation(expected: Expectation): string {
  switch (expected.kind) {
    case 'delivered':
      return `delivered to ${expected.appointmentId}, ${expected.status}`
    case 'held':
      return `held: ${expected.reason}`
    case 'duplicate':
      return `duplicate of ${expected.of}`
  }
}

/** For the table: what became of it. */
export function describeEnding(ending: Ending | null): string {
  switch (ending?.event) {
    case undefined:
      return 'nothing'
    case 'delivered': {
      const readBack = ending.attachments.every((attachment) => attachment.readBack)
        ? 'read back'
        : 'not read back'
      return `delivered to ${ending.appointmentId}, ${ending.status}, receipt ${ending.reportGuid}, ${readBack}`
    }
    case 'held':
      return `held: ${ending.reason}. ${ending.message}`
    case 'duplicate':
      return 'duplicate, nothing was sent'
  }
}
