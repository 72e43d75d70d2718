import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noIdentity, type DocumentIdentity } from '../../../shared/document.ts'
import { MAX_INSPECT_BYTES } from '../../../shared/ipc/inspect-calls.ts'
import { templateFields } from '../../../shared/site-templates.ts'
import { sampleInspection } from '../../../renderer/dev/inspect-answers.ts'
import { sampleStudies } from '../../../renderer/dev/sample-studies.ts'
import { readDropped, type DroppedFile } from '../../../renderer/inspect/dropped.ts'
import { outlookOf } from '../../../renderer/inspect/outlook.ts'
import { answerProblems, noTypedAnswer, toldOf } from '../../../renderer/needs-you/discrepancy-check.ts'
import { templateErrors, templateOf, typedTemplate } from '../../../renderer/settings/template-check.ts'
import { marked } from '../../../renderer/settings/template-marks.ts'
import { words } from '../../../renderer/words.ts'

function file(name: string, size = 3): DroppedFile {
  return { name, size, arrayBuffer: () => Promise.resolve(new ArrayBuffer(Math.min(size, 10))) }
}

describe('what was dropped on the window', () => {
  it('is one report, or one with its companion file, in any order', async () => {
    expect(await readDropped([file('r.pdf')])).toMatchObject({ name: 'r.pdf', sidecar: null })
    for (const files of [
      [file('r.pdf'), file('r.pdf.json', 5)],
      [file('r.pdf.json', 5), file('r.pdf')],
    ]) {
      const read = await readDropped(files)
      expect(read.name).toBe('r.pdf')
      expect(read.sidecar).toHaveLength(5)
    }
  })

  it('is refused where there are several', async () => {
    await expect(readDropped([file('a.pdf'), file('b.pdf')])).rejects.toThrow(words.inspect.oneFile)
    await expect(readDropped([file('a.pdf'), file('b.pdf.json')])).rejects.toThrow(words.inspect.oneFile)
  })

  it('is refused before it is read where it is too large', async () => {
    const huge: DroppedFile = {
      ...file('r.pdf', MAX_INSPECT_BYTES + 1),
      arrayBuffer: () => Promise.reject(new Error('It was read.')),
    }
    await expect(readDropped([huge])).rejects.toThrow(words.inspect.tooLarge({ limit: 16 }))
  })

  it('that cannot be read (a folder) is said', async () => {
    const folder: DroppedFile = { ...file('reports'), arrayBuffer: () => Promise.reject(new Error('EISDIR')) }
    await expect(readDropped([folder])).rejects.toThrow(words.inspect.unreadable)
  })
})

describe('what would become of a file', () => {
  const held = sampleInspection(
    { name: 'r.pdf', bytes: new Uint8Array(), sidecar: null },
    sampleStudies(Date.UTC(2026, 10, 20)),
  )
  const matched = {
    ...held,
    match: held.match === null ? null : { ...held.match, kind: 'matched' as const, reason: null },
  }

  it('is asked in the order of the station: a report, whose, as what', () => {
    expect(outlookOf({ ...held, reason: 'encrypted' })).toEqual({ kind: 'hold', reason: 'encrypted' })
    expect(outlookOf(held)).toEqual({ kind: 'hold', reason: 'identity-mismatch' })
    expect(outlookOf({ ...matched, status: 'unclear' })).toEqual({ kind: 'hold', reason: 'status-unclear' })
    expect(outlookOf(matched)).toEqual({ kind: 'send', appointmentId: 'A104198', status: 'preliminary' })
    expect(outlookOf({ ...matched, match: null })).toEqual({ kind: 'unknown' })
  })
})

describe('what is marked in a text', () => {
  const some = (part: Partial<DocumentIdentity>): DocumentIdentity => ({ ...noIdentity, ...part })

  it('is what was found, as a word of its own, by whom', () => {
    expect(
      marked('Ref: 77 and 770, Jane Doe', some({ names: ['Jane Doe'] }), [some({ patientIds: ['77'] })]),
    ).toEqual([
      { text: 'Ref: ', by: null },
      { text: '77', by: 'template' },
      { text: ' and 770, ', by: null },
      { text: 'Jane Doe', by: 'built-in' },
    ])
  })

  it('is a cut of the whole text, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), fc.array(fc.string()), (text, names, patientIds) => {
        const pieces = marked(text, some({ names }), [some({ patientIds })])
        expect(pieces.map((piece) => piece.text).join('')).toBe(text)
      }),
    )
  })
})

describe('a template as it is typed', () => {
  const typed = { ...typedTemplate(null), name: 'RIS' }

  it('is right with one label, trimmed, and names what is wrong at its field', () => {
    const one = { ...typed, fields: { ...typed.fields, patientId: ' Client ref ' } }
    expect(templateErrors(one, [])).toEqual({ fields: {} })
    expect(templateOf(one)).toEqual({ name: 'RIS', fields: { patientId: 'Client ref' } })
    expect(templateErrors(typed, []).whole).toBe(words.templates.fieldNeeded)
    expect(templateErrors(one, ['RIS']).name).toBe(words.templates.nameTaken)
    expect(templateErrors({ ...one, name: ' ' }, []).name).toBeDefined()
    const bad = { ...typed, fields: { ...typed.fields, birthDate: '(a+)+$' } }
    expect(Object.keys(templateErrors(bad, []).fields)).toEqual(['birthDate'])
    expect(templateOf(bad)).toBeNull()
  })

  it('passes the schema of the settings exactly where no field is wrong', () => {
    const pattern = fc.oneof(
      fc.string(),
      fc.constantFrom('', 'Client ref', 'No (?<value>\\d+)', '(?<value>(a+)+)'),
    )
    const fields = fc.record({
      name: pattern,
      birthDate: pattern,
      patientId: pattern,
      accession: pattern,
      appointmentId: pattern,
      sex: pattern,
    })
    fc.assert(
      fc.property(fields, (some) => {
        const errors = templateErrors({ name: 'RIS', fields: some }, [])
        const isRight = Object.keys(errors.fields).length === 0 && errors.whole === undefined
        expect(templateOf({ name: 'RIS', fields: some }) !== null).toBe(isRight)
      }),
    )
    expect(Object.keys(typed.fields)).toEqual([...templateFields])
  })
})

describe('the answer about a difference', () => {
  const nowMs = Date.parse('2026-11-20T12:00')
  const told = { answer: 'told', whom: 'Dr Ada Referrer', at: '2026-11-20T11:00', how: 'phone' } as const

  it('asks who, when and how only where it matters', () => {
    expect(answerProblems(noTypedAnswer, nowMs)).toEqual(['answer'])
    expect(answerProblems({ ...noTypedAnswer, answer: 'none' }, nowMs)).toEqual([])
    expect(answerProblems({ ...noTypedAnswer, answer: 'told' }, nowMs)).toEqual(['whom', 'at', 'how'])
    expect(answerProblems(told, nowMs)).toEqual([])
    expect(answerProblems({ ...told, at: '2026-11-20T12:01' }, nowMs)).toEqual(['future'])
  })

  it('says nobody was told where it does not matter, whatever was typed before', () => {
    expect(toldOf({ ...told, answer: 'none' })).toBeNull()
    expect(toldOf(told)).toEqual({
      whom: 'Dr Ada Referrer',
      at: new Date('2026-11-20T11:00').toISOString(),
      how: 'phone',
    })
  })
})
