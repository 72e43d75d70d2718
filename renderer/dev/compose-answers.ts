import { changedParts, patientOf } from '../../shared/composed-report.ts'
import { MAX_UPLOAD_BYTES } from '../../shared/document.ts'
import type { CallArgs, CallName, CallResult, DeliveryItem, SettingsView } from '../../shared/ipc.ts'
import { sameAppointment, type AppointmentKey, type PendingAppointment } from '../../shared/worklist.ts'

type ComposeCalls = Extract<CallName, `compose.${string}`>
type Draft = CallResult<'compose.open'>['draft']
type Answers = { readonly [Name in ComposeCalls]: (args: CallArgs<Name>) => CallResult<Name> }

/** What the answers stand on; the fake of the whole window holds it. */
export type ComposeData = {
  readonly data: {
    appointments: readonly PendingAppointment[]
    deliveries: DeliveryItem[]
    readonly settings: SettingsView
  }
  readonly nowMs: number
  readonly push: (ids: string[]) => void
}

const nameOf = ({ domain, appointmentId }: AppointmentKey): string => `${domain}/${appointmentId}`

/** Drafts in memory; a report that is sent is queued. */
export function composeAnswers({ data, nowMs, push }: ComposeData): Answers {
  const drafts = new Map<string, Draft & { readonly key: AppointmentKey; isDiscarded: boolean }>()
  const find = (key: AppointmentKey): PendingAppointment | null =>
    data.appointments.find((row) => sameAppointment(row, key)) ?? null
  const empty = (key: AppointmentKey) => ({
    key: { domain: key.domain, appointmentId: key.appointmentId },
    isDiscarded: false,
    id: crypto.randomUUID(),
    status: 'preliminary' as const,
    text: '',
    clinician: data.settings.clinician,
    attachments: [],
    savedAt: null,
  })
  const change = (key: AppointmentKey & { readonly id: string }, part: Partial<Draft>): Draft => {
    const savedAt = new Date(nowMs).toISOString()
    const next = { ...(drafts.get(nameOf(key)) ?? empty(key)), ...part, id: key.id, savedAt }
    drafts.set(nameOf(key), next)
    return next
  }
  const attach = (key: AppointmentKey & { readonly id: string }, label: string, sizeBytes: number) => {
    if (sizeBytes > MAX_UPLOAD_BYTES || !/\.(pdf|dcm)$/u.test(label)) {
      const message = 'It is neither a PDF nor a DICOM SR.'
      return { attachments: drafts.get(nameOf(key))?.attachments ?? [], refused: [{ label, message }] }
    }
    const file = { id: crypto.randomUUID(), label, kind: 'pdf' as const, sizeBytes }
    const attachments = [...(drafts.get(nameOf(key))?.attachments ?? []), file]
    return { attachments: change(key, { attachments }).attachments, refused: [] }
  }
  const check = (args: CallArgs<'compose.check'>): CallResult<'compose.check'> => {
    const appointment = find(args)
    if (appointment === null) return { kind: 'gone' }
    const changed = changedParts(args.shown, patientOf(appointment))
    return changed.length > 0
      ? { kind: 'changed', appointment, changed }
      : { kind: 'ready', appointment, releases: null }
  }
  return {
    'compose.open': (key) => {
      const kept = drafts.get(nameOf(key))
      const appointment = find(key)
      return {
        appointment,
        listed: appointment === null ? 'gone' : 'pending',
        draft: kept === undefined || kept.isDiscarded ? empty(key) : kept,
        delivery: null,
      }
    },
    'compose.drafts': () =>
      [...drafts.values()]
        .filter(({ isDiscarded }) => !isDiscarded)
        .map(({ key, savedAt }) => {
          const appointment = find(key)
          return {
            ...key,
            savedAt: savedAt ?? new Date(nowMs).toISOString(),
            listed: appointment === null ? ('gone' as const) : ('pending' as const),
            patient: appointment === null ? null : patientOf(appointment),
            studyDescription: appointment?.studyDescription ?? null,
            isSent: false,
          }
        }),
    'compose.save': ({ domain, appointmentId, id, ...content }) => {
      change({ domain, appointmentId, id }, content)
      return { savedAt: new Date(nowMs).toISOString() }
    },
    'compose.discard': (key) => {
      const kept = drafts.get(nameOf(key))
      if (kept !== undefined) kept.isDiscarded = true
      return {}
    },
    'compose.restore': (key) => {
      const kept = drafts.get(nameOf(key))
      if (kept !== undefined) kept.isDiscarded = false
      return {}
    },
    'compose.chooseFiles': (key) => attach(key, 'Measurements.pdf', 48_211),
    'compose.attach': ({ label, bytes, ...key }) => attach(key, label, bytes.length),
    'compose.detach': ({ attachment, ...key }) => {
      const left = (drafts.get(nameOf(key))?.attachments ?? []).filter(({ id }) => id !== attachment)
      return { attachments: change(key, { attachments: left }).attachments, refused: [] }
    },
    'compose.check': check,
    'compose.send': (args) => {
      const checked = check(args)
      const [sample] = data.deliveries
      if (checked.kind !== 'ready' || sample === undefined) return checked
      const { id, domain, appointmentId, status } = args
      const delivery: DeliveryItem = {
        ...sample,
        id,
        domain,
        appointmentId,
        status,
        file: `report composed for ${appointmentId}`,
        state: 'queued',
        reason: null,
        message: null,
        kind: 'composed',
        receipt: null,
        discrepancy: null,
      }
      data.deliveries = [delivery, ...data.deliveries]
      drafts.delete(nameOf(args))
      push([id])
      return { kind: 'sent', delivery }
    },
  }
}
