import { describe, expect, it } from 'vitest'
import { locate, type LocatableDocument, type Location } from '../../../electron/matching/locate.ts'
import type { PendingAppointment } from '../../../shared/worklist.ts'
import { appointment, document, identity } from './examples.ts'

const a = appointment()
const b = appointment({ appointmentId: 'B67890', studyInstanceUid: '1.2.3' })
const unmapped = { accessionIs: 'unmapped' } as const

function find(
  changes: Partial<LocatableDocument>,
  worklist: readonly PendingAppointment[] = [a, b],
  accessionIs: 'unmapped' | 'appointmentId' = 'unmapped',
): Location {
  return locate(document({ identity: identity(), ...changes }), worklist, { accessionIs })
}

/** "A12345 by text, file-name", or why there is not exactly one. */
function summary(location: Location): string {
  if (location.kind === 'one') {
    return `${location.located.appointment.appointmentId} by ${location.located.locators.join(', ')}`
  }
  return location.kind === 'several' ? location.because : location.kind
}

describe('one locator', () => {
  it.each<[string, Partial<LocatableDocument>]>([
    ['A12345 by sidecar', { sidecar: { appointmentId: ' a12345 ' } }],
    ['A12345 by sidecar', { sidecar: { appointmentId: 'A12345', domain: 'acme' } }],
    ['B67890 by study-uid', { identity: identity({ studyInstanceUids: ['1.2.3\0'] }) }],
    ['A12345 by text', { text: 'Study (A12345): chest' }],
    ['A12345 by text', { text: 'ref a12345' }],
    ['A12345 by text', { text: 'Ａ１２３４５' }],
    ['A12345 by text', { identity: identity({ appointmentIds: ['A12345'] }) }],
    ['A12345 by file-name', { fileName: 'A12345.pdf' }],
    ['A12345 by file-name', { fileName: 'Final/doe_A12345_v2.final.PDF' }],
    ['A12345 by file-name', { fileName: 'A12345 (2).dcm' }],
    ['A12345 by text, file-name', { text: 'A12345 A12345', fileName: 'a12345.pdf' }],
    ['nothing', { text: 'XA12345 A123456 A12345B' }],
    ['nothing', { text: 'A 12345' }],
    ['nothing', { fileName: 'A12345/scan.pdf' }],
    ['nothing', { identity: identity({ accessionNumbers: ['A12345'] }) }],
    ['nothing', { identity: identity({ studyInstanceUids: ['9.9.9'] }) }],
    ['nothing', { sidecar: {} }],
    ['not-pending', { sidecar: { appointmentId: 'Z99999' } }],
    ['not-pending', { sidecar: { appointmentId: 'A12345', domain: 'other' } }],
  ])('%s', (expected, changes) => {
    expect(summary(find(changes))).toBe(expected)
  })

  it('is the accession number only where the settings say so', () => {
    const accession = { identity: identity({ accessionNumbers: ['a12345'] }) }
    expect(summary(find(accession, [a, b], 'appointmentId'))).toBe('A12345 by accession')
    expect(summary(find(accession, [a, b]))).toBe('nothing')
  })

  it('is never a word of the text for a short id or one with other characters; a sidecar names both', () => {
    const odd = [appointment({ appointmentId: 'A123' }), appointment({ appointmentId: 'A-12345' })]
    expect(summary(find({ text: 'A123 A-12345', fileName: 'A-12345.pdf' }, odd))).toBe('nothing')
    expect(summary(find({ sidecar: { appointmentId: 'A123' } }, odd))).toBe('A123 by sidecar')
    expect(summary(find({ sidecar: { appointmentId: 'A-12345' } }, odd))).toBe('A-12345 by sidecar')
  })
})

describe('disagreement', () => {
  it.each<[string, Partial<LocatableDocument>]>([
    ['different-appointments', { text: 'A12345 and B67890' }],
    ['different-appointments', { text: 'A12345', fileName: 'B67890.pdf' }],
    ['different-appointments', { sidecar: { appointmentId: 'A12345' }, text: 'B67890' }],
    ['different-appointments', { text: 'A12345', identity: identity({ studyInstanceUids: ['1.2.3'] }) }],
    ['sidecar-not-pending', { sidecar: { appointmentId: 'Z99999' }, text: 'A12345' }],
    ['other-id-not-pending', { text: 'see A12345', identity: identity({ appointmentIds: ['Z99999'] }) }],
    ['other-domain', { text: 'A12345', sidecar: { domain: 'other' } }],
    ['other-study-uid', { text: 'B67890', identity: identity({ studyInstanceUids: ['1.2.4'] }) }],
    ['several-study-uids', { text: 'A12345', identity: identity({ studyInstanceUids: ['1.2.4', '1.2.5'] }) }],
    ['several-study-uids', { identity: identity({ studyInstanceUids: ['1.2.3', '1.2.5'] }) }],
  ])('%s', (expected, changes) => {
    expect(summary(find(changes))).toBe(expected)
  })

  it('does not come from a label that is no id, or a UID where the appointment has none', () => {
    expect(summary(find({ text: 'A12345', identity: identity({ appointmentIds: ['Monday'] }) }))).toBe(
      'A12345 by text',
    )
    expect(summary(find({ text: 'A12345', identity: identity({ studyInstanceUids: ['1.2.4'] }) }))).toBe(
      'A12345 by text',
    )
  })

  it('comes from an accession number of another appointment where accession numbers are appointment ids', () => {
    const other = { text: 'A12345', identity: identity({ accessionNumbers: ['Z99999'] }) }
    expect(summary(find(other, [a, b], 'appointmentId'))).toBe('other-id-not-pending')
  })

  it('names every appointment that was named', () => {
    const found = find({ text: 'A12345', fileName: 'B67890.pdf' })
    expect(found.kind === 'several' && found.located.map((each) => each.appointment.appointmentId)).toEqual([
      'A12345',
      'B67890',
    ])
  })
})

describe('the same id in two practices', () => {
  const twin = appointment({ domain: 'other', studyInstanceUid: '1.2.9' })
  const both = [a, twin]

  it('is ambiguous', () => {
    expect(summary(find({ text: 'A12345' }, both))).toBe('same-id-twice')
    expect(summary(find({ sidecar: { appointmentId: 'A12345' } }, both))).toBe('same-id-twice')
  })

  it('is separated by the sidecar’s domain or by the study UID', () => {
    const bySidecar = find({ text: 'A12345', sidecar: { appointmentId: 'A12345', domain: 'other' } }, both)
    expect(bySidecar.kind === 'one' && bySidecar.located.appointment).toBe(twin)
    const byUid = find({ text: 'A12345', identity: identity({ studyInstanceUids: ['1.2.9'] }) }, both)
    expect(byUid.kind === 'one' && byUid.located.appointment).toBe(twin)
  })

  it('is not separated by a domain alone: the sidecar then names no appointment', () => {
    expect(summary(find({ text: 'A12345', sidecar: { domain: 'other' } }, both))).toBe('same-id-twice')
  })
})

it('looks at the text once, however long the worklist is', () => {
  const worklist = Array.from({ length: 10_000 }, (_, i) =>
    appointment({ appointmentId: `C${String(100_000 + i)}` }),
  )
  const text = `${'lungs clear, no effusion '.repeat(8_000)} C107777`
  const found = locate(document({ identity: identity(), text }), worklist, unmapped)
  expect(summary(found)).toBe('C107777 by text')
})
