import type { StoredObjects } from '../object-store/stored-objects.ts'
import type { AppointmentFields, User } from './appointment-fields.ts'
import type { OperationalFields } from './general-views.ts'

/** What the simulated practices hold: appointments with everything that hangs on them. */

export type { AppointmentFields, User } from './appointment-fields.ts'

export type SeedAttachment = {
  readonly fileName: string
  readonly bytes: Uint8Array
  readonly category?: string
  readonly contentType?: string
}

export type CommentType = 'AC' | 'AA' | 'PC' | 'PA'
export type SeedComment = { readonly commentText: string; readonly commentType?: CommentType }

/** An appointment as a test asks for it; what is left out gets a plain default. */
export type Seed = Partial<AppointmentFields> & {
  readonly attachments?: readonly SeedAttachment[]
  readonly comments?: readonly SeedComment[]
  /** What happened on the day; left out, nothing yet. */
  readonly operational?: OperationalFields
}

export type Comment = {
  readonly guid: string
  readonly commentType: CommentType
  /** Empty for comments on the patient. */
  readonly appointmentId: string
  readonly patientId: string
  readonly commentText: string
  readonly commentDateTime: string
  readonly isAlert: boolean
  readonly commentBy: User
  readonly lastModifiedDateTime: string
}

/** One accepted submission; each counts, also where it overwrote an earlier one. */
export type SubmittedReport = {
  readonly reportGuid: string
  readonly reportText: string
  readonly reportStatus: 'preliminary' | 'final'
  readonly reportFormat: string
  readonly interpretingClinicianName: string | null
  readonly interpretingClinicianProviderNumber: string | null
  readonly interpretingClinicianEmail: string | null
  readonly reportedAtUtc: string
  /** Milliseconds since 1970 by the simulator's clock. */
  readonly receivedAt: number
  readonly idempotencyKey: string | null
  readonly correlationId: string
}

export type AttachmentRecord = {
  readonly guid: string
  readonly fileName: string
  readonly category: string
  /** What was asked for; null where nothing was. */
  readonly contentType: string | null
  readonly addedDateTime: string
  readonly addedBy: User
  /** `report`: made by a request for upload URLs; `seed`: there from the start. */
  readonly origin: 'report' | 'seed'
  readonly objectKey: string
}

/** A report artefact with what lies in the store for it; empty before the first successful PUT. */
export type Artefact = {
  readonly guid: string
  readonly fileName: string
  readonly category: string
  readonly contentType: string | null
  /** What the PUT said, once there was one. */
  readonly storedContentType: string | null
  readonly bytes: Buffer | null
  readonly sha256: string | null
  readonly putCount: number
}

/** Everything about one appointment, for a test's assertions. */
export type AppointmentState = AppointmentFields & {
  /** In order of arrival. */
  readonly reports: readonly SubmittedReport[]
  readonly currentReport: SubmittedReport | null
  readonly artefacts: readonly Artefact[]
  readonly attachments: readonly AttachmentRecord[]
  readonly comments: readonly Comment[]
}

export type AppointmentRecord = {
  /** Order of creation: what the list's cursor counts by. */
  readonly position: number
  fields: AppointmentFields
  readonly operational: OperationalFields
  readonly reports: SubmittedReport[]
  readonly attachments: AttachmentRecord[]
}

export const pendingStatus = 'PENDING REPORTING'
export const integrationUser: User = {
  username: 'integration',
  firstName: 'Tele',
  initials: 'TI',
  lastName: 'Integration',
  role: 'Integration',
}

const reception: User = {
  username: 'mbrown',
  firstName: 'Maya',
  initials: 'MB',
  lastName: 'Brown',
  role: 'Reception',
}

export type PracticeState = {
  add(seed: Seed): AppointmentRecord
  find(domain: string, appointmentId: string): AppointmentRecord | undefined
  /** @throws Error when there is no such appointment: in a test that is a mistake of the test. */
  view(domain: string, appointmentId: string): AppointmentState
  setStatus(domain: string, appointmentId: string, status: string): void
  /** In order of creation, which is no order the vendor promises. */
  pending(domain: string): AppointmentRecord[]
  /** In any status, in order of creation. */
  ofDomain(domain: string): AppointmentRecord[]
  all(): AppointmentRecord[]
  /** Comments on the appointment, and those on its patient (contract 1.5 Q5). */
  commentsOf(record: AppointmentRecord): Comment[]
  addComment(domain: string, comment: Comment): void
  clear(): void
}

export type PracticeStateOptions = {
  readonly defaultDomain: string
  readonly objects: StoredObjects
  readonly now: () => number
  readonly newId: () => string
}

export function createPracticeState(options: PracticeStateOptions): PracticeState {
  const { objects, now, newId } = options
  let records: AppointmentRecord[] = []
  let comments: { domain: string; comment: Comment }[] = []
  let position = 0

  const find = (domain: string, appointmentId: string): AppointmentRecord | undefined =>
    records.find(({ fields }) => fields.domain === domain && fields.appointmentId === appointmentId)

  const wanted = (domain: string, appointmentId: string): AppointmentRecord => {
    const record = find(domain, appointmentId)
    if (record === undefined)
      throw new Error(`The simulator has no appointment ${appointmentId} in ${domain}.`)
    return record
  }

  const commentsOf = ({ fields }: AppointmentRecord): Comment[] =>
    comments
      .filter(({ domain, comment }) => {
        if (domain !== fields.domain) return false
        if (comment.appointmentId !== '') return comment.appointmentId === fields.appointmentId
        return comment.patientId !== '' && comment.patientId === (fields.patientId ?? '')
      })
      .map(({ comment }) => comment)

  return {
    find,
    commentsOf,
    add(seed) {
      const { attachments = [], comments: seedComments = [], operational = {}, ...given } = seed
      position += 1
      const fields: AppointmentFields = {
        domain: options.defaultDomain,
        appointmentId: `A${200_000 + position}`,
        status: pendingStatus,
        scheduledSite: 'Central Clinic',
        ...given,
      }
      if (find(fields.domain, fields.appointmentId) !== undefined) {
        throw new Error(
          `The simulator already has an appointment ${fields.appointmentId} in ${fields.domain}.`,
        )
      }
      const record: AppointmentRecord = { position, fields, operational, reports: [], attachments: [] }
      for (const { fileName, bytes, category = 'Referral', contentType = 'application/pdf' } of attachments) {
        const guid = newId()
        const objectKey = objectKeyOf(fields, guid, fileName)
        objects.put(objectKey, Buffer.from(bytes), contentType, false)
        record.attachments.push({
          guid,
          fileName,
          category,
          contentType,
          addedDateTime: utcSeconds(now()),
          addedBy: reception,
          origin: 'seed',
          objectKey,
        })
      }
      for (const { commentText, commentType = 'AC' } of seedComments) {
        const onPatient = commentType.startsWith('P')
        const comment: Comment = {
          guid: newId(),
          commentType,
          appointmentId: onPatient ? '' : fields.appointmentId,
          patientId: fields.patientId ?? '',
          commentText,
          commentDateTime: utcSeconds(now()),
          isAlert: commentType.endsWith('A'),
          commentBy: reception,
          lastModifiedDateTime: utcSeconds(now()),
        }
        comments.push({ domain: fields.domain, comment })
      }
      records.push(record)
      return record
    },
    view(domain, appointmentId) {
      const record = wanted(domain, appointmentId)
      return {
        ...record.fields,
        reports: [...record.reports],
        currentReport: record.reports.at(-1) ?? null,
        artefacts: record.attachments
          .filter(({ origin }) => origin === 'report')
          .map(({ guid, fileName, category, contentType, objectKey }) => {
            const stored = objects.get(objectKey)
            return {
              guid,
              fileName,
              category,
              contentType,
              storedContentType: stored?.contentType ?? null,
              bytes: stored?.bytes ?? null,
              sha256: stored?.sha256 ?? null,
              putCount: stored?.putCount ?? 0,
            }
          }),
        attachments: [...record.attachments],
        comments: commentsOf(record),
      }
    },
    setStatus(domain, appointmentId, status) {
      const record = wanted(domain, appointmentId)
      record.fields = { ...record.fields, status }
    },
    pending: (domain) =>
      records.filter(({ fields }) => fields.domain === domain && fields.status === pendingStatus),
    ofDomain: (domain) => records.filter(({ fields }) => fields.domain === domain),
    all: () => [...records],
    addComment(domain, comment) {
      comments.push({ domain, comment })
    },
    clear() {
      records = []
      comments = []
    },
  }
}

/** Where the bytes of an attachment lie in the store. */
export function objectKeyOf(fields: AppointmentFields, guid: string, fileName: string): string {
  return `${fields.domain}/${fields.appointmentId}/${guid}/${fileName}`
}

/** UTC in whole seconds, as the vendor's pages write every date-time. */
export function utcSeconds(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z')
}
