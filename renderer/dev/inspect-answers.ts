import { noIdentity, type DocumentIdentity } from '../../shared/document.ts'
import type { CallArgs, CallResult, DeliveryItem } from '../../shared/ipc.ts'
import type { PendingAppointment } from '../../shared/worklist.ts'
import { weighSample } from './sample-details.ts'

/** What the fake answers when a file is looked at. The file's text is its bytes. */

const found: DocumentIdentity = {
  ...noIdentity,
  names: ['Thomson, Margaret'],
  birthDates: [{ printed: '03/04/1916', readings: ['1916-04-03', '1916-03-04'] }],
  patientIds: ['HB-40155'],
}

/** A file whose name says `locked` is held; any other is a report about another patient than its study's. */
export function sampleInspection(
  { name, bytes }: CallArgs<'inspect.file'>,
  appointments: readonly PendingAppointment[],
): CallResult<'inspect.file'> {
  const text = new TextDecoder().decode(bytes)
  if (name.includes('locked')) {
    return {
      verdict: 'held',
      reason: 'encrypted',
      message: 'The file is locked with a password; save it without one and drop it again.',
      kind: 'pdf',
      status: 'preliminary',
      statusWhy: 'the settings say that a PDF is preliminary',
      identifiers: noIdentity,
      text: '',
      warnings: [],
      match: null,
      unmatched: null,
    }
  }
  return {
    verdict: 'report',
    reason: null,
    message: '',
    kind: 'pdf',
    status: 'preliminary',
    statusWhy: 'the settings say that a PDF is preliminary',
    identifiers: found,
    text,
    warnings: ['The PDF was repaired while it was read.'],
    match: {
      kind: 'held',
      reason: 'identity-mismatch',
      explanation:
        'The document names appointment A104198, but is about another patient by its name and birth date; check whose report this is.',
      candidates: [weighSample({ domain: 'harbour', appointmentId: 'A104198' }, appointments)],
    },
    unmatched: null,
  }
}

/** The built-in rules find the name; a template finds what stands behind its patient id's label. */
export function sampleTrial({
  bytes,
  templates,
}: CallArgs<'inspect.templates'>): CallResult<'inspect.templates'> {
  const text = new TextDecoder().decode(bytes)
  return {
    message: '',
    text,
    builtIn: { ...noIdentity, names: ['Thomson, Margaret'].filter((name) => text.includes(name)) },
    added: templates.map(({ fields }) => {
      const line = text.split('\n').find((one) => fields.patientId && one.startsWith(fields.patientId))
      const value = line?.split(':')[1]?.trim()
      return { ...noIdentity, patientIds: value === undefined ? [] : [value] }
    }),
  }
}

/** What a decision about a report without known labels suggests. */
export function sampleSuggestion({ reason }: DeliveryItem): CallResult<'held.resolve'>['suggestedTemplate'] {
  if (reason !== 'no-match' && reason !== 'identity-unverified') return null
  return {
    template: { name: 'proposal', fields: { patientId: 'Client ref' } },
    found: { ...noIdentity, patientIds: ['HB-40155'] },
  }
}

/** The same delivery with its question answered. */
export function sampleAnswered(
  item: DeliveryItem,
  { by, reason, told }: CallArgs<'deliveries.answerDiscrepancy'>,
  nowMs: number,
): DeliveryItem {
  return {
    ...item,
    discrepancy: {
      state: 'answered',
      preliminary: item.discrepancy?.preliminary ?? '',
      significant: told !== null,
      by,
      reason,
      atUtc: new Date(nowMs).toISOString(),
      told: told === null ? null : { whom: told.whom, atUtc: told.at, how: told.how },
    },
  }
}
