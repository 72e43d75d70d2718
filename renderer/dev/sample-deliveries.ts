import type { HeldReason } from '../../shared/delivery.ts'
import type { DeliveryItem } from '../../shared/ipc.ts'

const messages: Partial<Record<HeldReason, string>> = {
  'identity-mismatch':
    'The document names appointment A104198, but is about another patient by its name and birth date; check whose report this is.',
  'study-unnamed': 'The patient is known, but the document names no study; choose the study it belongs to.',
  'ambiguous-match': 'The text and the file name name different appointments; choose the right one.',
  'no-match':
    'No pending appointment is named by this document; it is looked at again when the worklist changes.',
  'identity-unverified':
    'The document names appointment A104187, but only its name would prove the patient, and 2 elements are needed; confirm the patient.',
  'no-text': 'The pages hold no readable text, as a scan does; type the text of the report.',
  'status-unclear': 'The report is marked FINAL but not verified; say whether it is preliminary or final.',
  correction:
    'A different final report was delivered for this appointment at 09:12; release it as a correction or discard it.',
  encrypted: 'The file is locked with a password; save it without one and drop it again.',
  rejected: 'QUBS refused the report: the appointment is cancelled. Request 7f2c, correlation 91ab.',
  'outcome-unknown': 'The connection broke while the report was sent; it may have been taken.',
}

const held: readonly (readonly [HeldReason, string, string | null])[] = [
  ['identity-mismatch', 'CTPA_Reid_20261120.pdf', 'A104198'],
  ['study-unnamed', 'scan0041.pdf', null],
  ['ambiguous-match', 'A104202-final.pdf', null],
  ['no-match', 'dictation-88213.pdf', null],
  ['identity-unverified', 'knee left JM.pdf', 'A104187'],
  ['no-text', 'fax 2026-11-20 0931.pdf', null],
  ['status-unclear', 'SR.104180.dcm', 'A104180'],
  ['correction', 'A104190 wrist amended.pdf', 'A104190'],
  ['encrypted', 'protected.pdf', null],
  ['rejected', 'A104151.pdf', 'A104151'],
  ['outcome-unknown', 'A104160.pdf', 'A104160'],
]

function item(id: string, seenAt: string, part: Partial<DeliveryItem>): DeliveryItem {
  return {
    id,
    file: `${id}.pdf`,
    state: 'delivered',
    reason: null,
    message: null,
    domain: 'harbour',
    appointmentId: null,
    status: 'final',
    kind: 'pdf',
    attempts: 1,
    nextTryAt: null,
    receipt: null,
    version: null,
    follows: null,
    discrepancy: null,
    seenAt,
    ...part,
  }
}

/** A delivery in every state, and one held for each kind of decision. */
export function sampleDeliveries(nowMs: number): DeliveryItem[] {
  const ago = (minutes: number) => new Date(nowMs - minutes * 60_000).toISOString()
  const delivered = (id: string, file: string, appointmentId: string, minutes: number): DeliveryItem =>
    item(id, ago(minutes), {
      file,
      appointmentId,
      receipt: {
        kind: 'report',
        reportGuid: `6f1d9c4e-2f0b-4a77-9a3e-${id.padStart(12, '0')}`,
        reportedAtUtc: ago(minutes - 1),
        status: 'final',
        attachments: [{ guid: 'a1', fileName: `${appointmentId}-report.pdf`, readBack: minutes % 2 === 0 }],
        settledBy: null,
      },
    })
  return [
    item('1', ago(0), { file: 'A104199 shoulder.pdf', state: 'settling', attempts: 0, status: null }),
    item('2', ago(1), { file: 'A104195-sinuses.pdf', state: 'sending', appointmentId: 'A104195' }),
    item('3', ago(1), { file: 'A104193.pdf', state: 'queued', appointmentId: 'A104193', attempts: 0 }),
    item('4', ago(4), {
      file: 'A104183 abdo pelvis.pdf',
      state: 'waiting',
      reason: 'server',
      message: 'QUBS answered with an error of its own; Radpost tries again by itself.',
      appointmentId: 'A104183',
      attempts: 3,
      nextTryAt: new Date(nowMs + 4 * 60_000).toISOString(),
    }),
    ...held.map(([reason, file, appointmentId], index) =>
      item(`h${index}`, ago(6 + index * 5), {
        file,
        state: 'held',
        reason,
        message: messages[reason] ?? null,
        appointmentId,
        domain: appointmentId === null ? null : 'harbour',
        kind: file.endsWith('.dcm') ? 'sr' : 'pdf',
        status: null,
      }),
    ),
    delivered('5', 'A104170.pdf', 'A104170', 38),
    delivered('6', 'A104168 hip.pdf', 'A104168', 51),
    delivered('7', 'SR.104166.dcm', 'A104166', 64),
    item('8', ago(70), { file: 'A104168 hip.pdf', state: 'duplicate', appointmentId: 'A104168' }),
    item('9', ago(95), { file: 'wrong export.pdf', state: 'discarded', domain: null }),
    item('10', ago(120), {
      file: '',
      kind: 'comment',
      status: null,
      appointmentId: 'A104166',
      receipt: { kind: 'comment', guid: 'c0ffee00-11aa-4bcd-8e11-5ad0c0de0001' },
    }),
    delivered('11', 'A104160 prelim.pdf', 'A104160', 1500),
  ]
}
