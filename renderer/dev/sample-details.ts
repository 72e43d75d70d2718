import type { CallResult, DeliveryItem } from '../../shared/ipc.ts'
import type { DocumentIdentity } from '../../shared/document.ts'
import type { IdentityEvidence } from '../../shared/matching.ts'
import type { AppointmentKey, PendingAppointment } from '../../shared/worklist.ts'

type Candidates = CallResult<'held.detail'>['candidates']

const identity: DocumentIdentity = {
  patientIds: ['HB-40155'],
  names: ['Thomson, Margaret'],
  birthDates: [{ printed: '28/03/1916', readings: ['1916-03-28'] }],
  sexes: ['F'],
  accessionNumbers: [],
  studyInstanceUids: [],
  appointmentIds: ['A104198'],
}

const agreeing: IdentityEvidence = {
  patientId: 'agrees',
  name: 'agrees',
  birthDate: 'agrees',
  sex: 'not-compared',
}
const contradicting: IdentityEvidence = {
  patientId: 'agrees',
  name: 'contradicts',
  birthDate: 'contradicts',
  sex: 'not-compared',
}
const silent: IdentityEvidence = {
  patientId: 'not-compared',
  name: 'agrees',
  birthDate: 'not-compared',
  sex: 'not-compared',
}

/** Weighed by a rule that a test can foresee: the second study contradicts, every other is unproved. */
export function weighSample(
  key: AppointmentKey,
  appointments: readonly PendingAppointment[],
): CallResult<'held.weigh'> {
  const appointment = appointments.find((other) => other.appointmentId === key.appointmentId)
  if (appointment === undefined) throw new Error('The sample has no such study.')
  const isOther = key.appointmentId === 'A104198'
  return {
    ...key,
    locators: [],
    evidence: isOther ? contradicting : silent,
    identity: isOther ? 'mismatch' : 'unverified',
    appointment,
  }
}

export function sampleDetail(
  item: DeliveryItem,
  appointments: readonly PendingAppointment[],
): CallResult<'held.detail'> {
  const candidate = (
    appointmentId: string,
    locators: Candidates[number]['locators'],
    evidence: IdentityEvidence,
    verdict: 'verified' | 'mismatch' | 'unverified',
  ) => ({
    domain: 'harbour',
    appointmentId,
    locators,
    evidence,
    identity: verdict,
    appointment: appointments.find((other) => other.appointmentId === appointmentId) ?? null,
  })
  const byReason: Partial<Record<NonNullable<DeliveryItem['reason']>, Candidates>> = {
    'identity-mismatch': [candidate('A104198', ['text', 'file-name'], contradicting, 'mismatch')],
    'study-unnamed': [
      candidate('A104202', [], agreeing, 'verified'),
      candidate('A104183', [], agreeing, 'verified'),
    ],
    'ambiguous-match': [
      candidate('A104202', ['file-name'], silent, 'unverified'),
      candidate('A104187', ['text'], agreeing, 'verified'),
    ],
    'identity-unverified': [candidate('A104187', ['file-name'], silent, 'unverified')],
  }
  return {
    item,
    identity: item.reason === 'encrypted' || item.reason === 'no-text' ? null : identity,
    text: item.reason === 'no-text' ? '' : 'CT PULMONARY ANGIOGRAM\n\nConclusion: No pulmonary embolism.',
    warnings: item.reason === 'identity-mismatch' ? ['The file was repaired while it was read.'] : [],
    preview: item.reason === 'encrypted' ? 'none' : item.kind === 'sr' ? 'text' : 'pdf',
    candidates: item.reason === null ? [] : (byReason[item.reason] ?? []),
  }
}

export function sampleStudy(
  key: AppointmentKey,
  appointments: readonly PendingAppointment[],
  deliveries: readonly DeliveryItem[],
  nowMs: number,
): CallResult<'study.get'> {
  const found = appointments.find((other) => other.appointmentId === key.appointmentId)
  const [first] = appointments
  const appointment = found ?? (first === undefined ? null : { ...first, ...key })
  if (appointment === null) throw new Error('The sample has no study.')
  const ago = (minutes: number) => new Date(nowMs - minutes * 60_000).toISOString()
  return {
    appointment,
    pending: found !== undefined,
    comments: [
      {
        guid: 'c1',
        type: 'PA',
        text: 'Iodinated contrast reaction in 2019 (urticaria). Premedicate.',
        at: ago(3_000),
        by: 'R. Bell',
        isAlert: true,
        ofPatient: true,
      },
      {
        guid: 'c2',
        type: 'AC',
        text: 'Referrer asks for a call with the result: ext. 4417.',
        at: ago(65),
        by: 'Front desk',
        isAlert: false,
        ofPatient: false,
      },
    ],
    attachments: [
      { guid: 'pdf', fileName: 'referral.pdf', category: 'Referral', addedAt: ago(200) },
      { guid: 'text', fileName: 'history.txt', category: 'Notes', addedAt: ago(190) },
    ],
    deliveries: deliveries
      .filter((item) => item.appointmentId === key.appointmentId || item.id === '5')
      .map((item) => ({ ...item, appointmentId: key.appointmentId })),
  }
}
