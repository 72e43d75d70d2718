import { createHash } from 'node:crypto'
import type { PersonDecision, ReportPlan, VersionProblem } from '../../shared/delivery.ts'
import { MAX_REPORT_TEXT_BYTES, MAX_UPLOAD_BYTES } from '../../shared/document.ts'
import type { Candidate } from '../../shared/matching.ts'
import type { Settings } from '../../shared/settings.ts'
import { sameAppointment, type PendingAppointment } from '../../shared/worklist.ts'
import { statusFolderOf } from '../intake/drop-folder.ts'
import type { DeliveryRecord, DocumentRecord } from '../journal/records.ts'
import { checkPersonsChoice } from '../matching/confirm.ts'
import { decideMatch, type MatchingDocument, type MatchingPolicy } from '../matching/decide.ts'
import { decideReportedAt } from '../matching/reported-at.ts'
import { decideStatus } from '../matching/status.ts'
import { decideVersion, type Version, type VersionDecision } from '../matching/versions.ts'
import type { WorklistView } from '../worklist/worklist.ts'
import { assertNever, type Happening } from './transition.ts'

/**
 * What is to become of a recognised report: where it goes, as what, or why it waits or is held. Pure; everything it
 * looks at comes in (interfaces.md 3–6). The order of the questions is the order in which a person wants to know:
 * is it a report, whose is it, for which study, as what, and is it new.
 */

export type PastVersion = Version & {
  readonly deliveryId: string
  readonly domain: string
  readonly appointmentId: string
  /** False: it went out and its answer was lost, so nobody knows yet whether it is there. */
  readonly certain: boolean
}

export type PlanningInput = {
  readonly record: DeliveryRecord
  readonly document: DocumentRecord
  readonly worklist: WorklistView
  readonly settings: Settings
  readonly nowMs: number
  /** IANA zone of this machine. */
  readonly machineZone: string
  /** Everything that went out (or may have gone out) from this folder, of this and former stations. */
  readonly past: readonly PastVersion[]
  /** Another station of this folder began to send this content and nobody knows the outcome; null: none did. */
  readonly begunElsewhere: 'lately' | 'long-ago' | null
}

export function planReport(input: PlanningInput): { happening: Happening; warnings: readonly string[] } {
  const { record, document, settings, worklist } = input
  const { reading, sidecar } = document
  const person = record.person

  if (document.sidecarProblem !== '') {
    return plain({ type: 'held', reason: 'sidecar-invalid', message: document.sidecarProblem })
  }
  if (reading.problem !== null && reading.problem !== 'no-text') {
    return plain({ type: 'held', reason: reading.problem, message: reading.message })
  }
  const reportText = person?.text ?? sidecar?.reportText ?? (reading.problem === null ? reading.text : null)
  if (reportText === null) {
    return plain({ type: 'held', reason: 'no-text', message: reading.message })
  }
  const textProblem = textFault(reportText)
  if (textProblem !== null) return plain(textProblem)
  if (document.payload.sizeBytes > MAX_UPLOAD_BYTES) {
    return plain({
      type: 'held',
      reason: 'too-large',
      message: `The file has ${document.payload.sizeBytes} bytes; QUBS takes ${MAX_UPLOAD_BYTES} at most. Export it smaller and drop it again.`,
    })
  }

  const status = decideReportStatus(input)
  const content = contentIdentity(record, document)
  const policy = matchingPolicy(settings)
  const matching = matchingDocument(record, document)

  const earlier = input.past.find(
    (version) => version.contentHash === content && version.status === status.status,
  )
  const located = locate(input, matching, policy)
  if (located.kind === 'not-located') {
    if (earlier?.certain === false) return plain(droppedWhileUnknown(earlier))
    if (earlier !== undefined && person === null) return plain({ type: 'duplicate', of: earlier.deliveryId })
    if (input.begunElsewhere !== null && person === null) {
      return plain({
        type: 'held',
        reason: 'outcome-unknown',
        message:
          'Another station began to send this report and did not finish, and its appointment is no longer pending. Look in QUBS whether the report is there.',
      })
    }
    return plain(located.happening)
  }
  if (status.kind === 'unclear') {
    return plain({
      type: 'held',
      reason: 'status-unclear',
      message: status.message,
      candidates: located.candidates,
    })
  }

  const appointment = located.appointment
  const reportedAt = decideReportedAt({
    sidecar: sidecar?.reportedAtUtc ?? null,
    times: reading.times,
    mtimeMs: record.original?.stamp?.mtimeMs ?? record.seenAtMs,
    settledAtMs: record.settledAtMs ?? input.nowMs,
    siteZone: worklist.zoneOf(appointment.domain, appointment.scheduledSite),
    machineZone: input.machineZone,
  })
  const warnings = [...reading.warnings, status.warning, reportedAt.warning].filter((text) => text !== null)

  const version = decideVersion(
    { contentHash: content, status: status.status, reportedAtUtc: reportedAt.utc },
    input.past.filter((past) => sameAppointment(past, appointment)),
  )
  const held = versionHold(version, person)
  if (held !== null) return { happening: held, warnings }
  // Lately: the same key brings the first one's answer back. Long ago: the server has forgotten the key.
  if (input.begunElsewhere === 'long-ago' && person === null) {
    return { happening: begunLongAgo, warnings }
  }

  const plan: ReportPlan = {
    kind: 'report',
    domain: appointment.domain,
    appointmentId: appointment.appointmentId,
    status: status.status,
    reportText,
    reportedAtUtc: reportedAt.utc,
    clinician: {
      name: sidecar?.interpretingClinicianName ?? reading.verifiedBy,
      providerNumber: sidecar?.interpretingClinicianProviderNumber ?? null,
      email: sidecar?.interpretingClinicianEmail ?? null,
    },
    files: [
      {
        fileName: `${safeFileName(appointment.appointmentId)}-report.${reading.kind === 'sr' ? 'dcm' : 'pdf'}`,
        contentType: reading.kind === 'sr' ? 'application/dicom' : 'application/pdf',
        sha256: document.payload.sha256,
        sizeBytes: document.payload.sizeBytes,
        spoolName: 'original',
        part: reading.kind === 'encapsulated-pdf' ? 'inner-pdf' : 'whole',
      },
    ],
    contentId: content,
    releases: person?.releases ?? null,
    confirmedBy: located.confirmedBy,
  }
  return { happening: { type: 'planned', plan }, warnings }
}

const begunLongAgo: Happening = {
  type: 'held',
  reason: 'outcome-unknown',
  message:
    'Another station began to send this report more than 23 hours ago and did not finish, too long ago to repeat it safely. Look in QUBS whether the report is there.',
}

type Located =
  | {
      readonly kind: 'located'
      readonly appointment: PendingAppointment
      readonly candidates: readonly Candidate[]
      readonly confirmedBy: string | null
    }
  | { readonly kind: 'not-located'; readonly happening: Happening }

function locate(input: PlanningInput, matching: MatchingDocument, policy: MatchingPolicy): Located {
  const { worklist, document, record } = input
  const person = record.person
  const chosen = person?.appointment ?? scanNamedBySidecar(document, person, worklist)
  if (person !== null && chosen !== null) return locateByPerson(input, matching, policy, person, chosen)

  const decision = decideMatch(matching, worklist.appointments, policy)
  if (decision.kind === 'matched') {
    const appointment = worklist.appointments.find((row) => sameAppointment(row, decision.candidate))
    if (appointment === undefined) throw new Error('The matched appointment is not on the worklist.')
    return { kind: 'located', appointment, candidates: [decision.candidate], confirmedBy: null }
  }
  // "No match" is only known when every practice could be asked.
  if ((decision.reason === 'no-match' || decision.reason === 'study-unnamed') && worklist.missing !== null) {
    return { kind: 'not-located', happening: waitForWorklist(worklist.missing, input.nowMs) }
  }
  return {
    kind: 'not-located',
    happening: {
      type: 'held',
      reason: decision.reason,
      message: decision.explanation,
      candidates: decision.candidates,
    },
  }
}

function locateByPerson(
  input: PlanningInput,
  matching: MatchingDocument,
  policy: MatchingPolicy,
  person: PersonDecision,
  chosen: { readonly domain: string; readonly appointmentId: string },
): Located {
  const { worklist } = input
  const appointment = worklist.appointments.find((row) => sameAppointment(row, chosen))
  if (appointment === undefined) {
    if (worklist.missing !== null) {
      return { kind: 'not-located', happening: waitForWorklist(worklist.missing, input.nowMs) }
    }
    return {
      kind: 'not-located',
      happening: {
        type: 'held',
        reason: 'gone',
        message: `Appointment ${chosen.appointmentId} is not pending reporting, so nothing was sent.`,
      },
    }
  }
  const choice = checkPersonsChoice(matching, appointment, { birthDateTyped: person.birthDateTyped }, policy)
  if (choice.kind === 'refused') {
    return {
      kind: 'not-located',
      happening: {
        type: 'held',
        reason: 'identity-mismatch',
        message: choice.explanation,
        candidates: [choice.candidate],
      },
    }
  }
  return { kind: 'located', appointment, candidates: [choice.candidate], confirmedBy: person.by }
}

/** A scan whose text a person typed goes where its sidecar says, because that person saw both. */
function scanNamedBySidecar(
  { reading, sidecar }: DocumentRecord,
  person: PersonDecision | null,
  worklist: WorklistView,
): { domain: string; appointmentId: string } | null {
  if (
    reading.problem !== 'no-text' ||
    (person?.text ?? null) === null ||
    sidecar?.appointmentId === undefined
  )
    return null
  const named = worklist.appointments.filter(
    (row) =>
      row.appointmentId === sidecar.appointmentId &&
      (sidecar.domain === undefined || sidecar.domain === row.domain),
  )
  const [only, ...others] = named
  return only !== undefined && others.length === 0 ? only : null
}

function waitForWorklist(missing: NonNullable<WorklistView['missing']>, nowMs: number): Happening {
  return {
    type: 'waiting',
    reason: missing.reason,
    message: `The worklist of ${missing.domain} is not complete, so it is not known where this report belongs.`,
    nextTryAtMs: Math.max(missing.nextTryAtMs, nowMs),
  }
}

type Decided = ReturnType<typeof decideStatus>

function decideReportStatus({
  record,
  document,
  settings,
}: PlanningInput): Decided & { status: ReportPlan['status'] | null } {
  const chosen = record.person?.status ?? null
  if (chosen !== null) {
    return { kind: 'decided', status: chosen, warning: null, because: 'a named person set it' }
  }
  const decided = decideStatus({
    kind: document.reading.kind,
    srFlags: document.reading.srFlags,
    sidecarStatus: document.sidecar?.reportStatus ?? null,
    subFolder: statusFolderOf(record.file),
    settings: settings.reports,
  })
  return decided.kind === 'decided' ? decided : { ...decided, status: null }
}

function versionHold(version: VersionDecision<PastVersion>, person: PersonDecision | null): Happening | null {
  switch (version.kind) {
    case 'send':
      return null
    case 'duplicate':
      return version.of.certain
        ? { type: 'duplicate', of: version.of.deliveryId }
        : droppedWhileUnknown(version.of)
    case 'superseded':
    case 'already-final':
    case 'correction':
      if (person?.releases === version.kind) return null
      return versionHeld(version.kind)
    default:
      return assertNever(version)
  }
}

/** A second try of the same report would be the very doubling that the open question is about. */
function droppedWhileUnknown(version: PastVersion): Happening {
  return {
    type: 'held',
    reason: 'outcome-unknown',
    message: `The same report was sent before as delivery ${version.deliveryId}, and its outcome is not known. Settle that one; this one follows by itself.`,
  }
}

/** What was delivered before speaks against it; a person may release it. */
export function versionHeld(problem: VersionProblem): Happening {
  return { type: 'held', reason: problem, message: versionSentence[problem] }
}

const versionSentence = {
  superseded:
    'A newer report of this appointment has already been delivered; this older one would overwrite it.',
  'already-final':
    'The final report of this appointment has already been delivered; a preliminary one would overwrite it.',
  correction:
    'A different final report of this appointment has already been delivered; a person must release a correction.',
} as const

function textFault(text: string): Happening | null {
  if (text.trim() === '')
    return { type: 'held', reason: 'no-text', message: 'The text of the report is blank.' }
  if (!text.isWellFormed()) {
    return {
      type: 'held',
      reason: 'unsupported',
      message: 'The text of the report has broken characters (lone surrogates).',
    }
  }
  const bytes = Buffer.byteLength(text, 'utf8')
  if (bytes <= MAX_REPORT_TEXT_BYTES) return null
  return {
    type: 'held',
    reason: 'too-large',
    message: `The text of the report has ${bytes} bytes; QUBS takes ${MAX_REPORT_TEXT_BYTES} at most.`,
  }
}

/** What makes two drops "the same content": the file's bytes, and the text where a sidecar brought its own. */
export function contentIdentity(record: DeliveryRecord, document: DocumentRecord): string {
  const bytes = record.contentSha256 ?? ''
  const text = document.sidecar?.reportText
  return text === undefined ? bytes : createHash('sha256').update(`${bytes}\n${text}`).digest('hex')
}

export function matchingDocument(record: DeliveryRecord, document: DocumentRecord): MatchingDocument {
  return {
    fileName: record.file.split('/').at(-1) ?? record.file,
    text: document.reading.text,
    identity: document.reading.identity,
    sidecar: document.sidecar,
  }
}

export function matchingPolicy(settings: Settings): MatchingPolicy {
  return {
    elements: settings.identity.elements,
    patientIdIs: settings.identity.patientIdIs,
    accessionIs: settings.reports.accessionIs,
    dateOrderOf: (domain) => settings.practices.find((practice) => practice.domain === domain)?.dateOrder,
  }
}

/** Letters, digits, `-` and `_` of an id: what no file system and no server trips over. */
export function safeFileName(appointmentId: string): string {
  return appointmentId.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 200)
}

function plain(happening: Happening): { happening: Happening; warnings: readonly string[] } {
  return { happening, warnings: [] }
}
