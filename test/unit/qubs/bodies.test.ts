import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_REPORT_TEXT_BYTES } from '../../../shared/document.ts'
import { commentBody, reportBody, uploadUrlBody, type Body } from '../../../electron/qubs/bodies.ts'

const at = '2026-11-20T01:02:03Z'
const report = (reportText: string) => reportBody({ reportText, reportStatus: 'final', reportedAtUtc: at })

function jsonOf(body: Body): unknown {
  if (!body.ok) throw new Error(body.problem.message)
  return JSON.parse(new TextDecoder().decode(body.bytes))
}

describe('report body', () => {
  it('has the fields of the contract, blank clinician fields left out', () => {
    const body = reportBody({
      reportText: ' No acute abnormality.\r\n',
      reportStatus: 'preliminary',
      interpretingClinicianName: 'Dr Smith',
      interpretingClinicianProviderNumber: '  ',
      interpretingClinicianEmail: undefined,
      reportedAtUtc: at,
    })
    expect(jsonOf(body)).toEqual({
      reportText: ' No acute abnormality.\r\n',
      reportStatus: 'preliminary',
      interpretingClinicianName: 'Dr Smith',
      reportedAtUtc: at,
    })
  })

  it('keeps any whole text exactly', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        fc.pre(text.trim() !== '')
        expect(jsonOf(report(text))).toMatchObject({ reportText: text })
      }),
    )
  })

  it('gives the same bytes for the same fields', () => {
    expect(report('x')).toEqual(report('x'))
  })

  it.each([
    ['a', 1],
    ['é', 2],
    ['€', 3],
    ['😀', 4],
  ])('counts the limit in bytes of UTF-8: %s', (character, size) => {
    const most = character.repeat(Math.floor(MAX_REPORT_TEXT_BYTES / size))
    const filled = most + 'a'.repeat(MAX_REPORT_TEXT_BYTES % size)
    expect(report(filled).ok).toBe(true)
    expect(report(`${filled}a`)).toMatchObject({
      ok: false,
      problem: { kind: 'too-long', field: 'reportText', limit: MAX_REPORT_TEXT_BYTES },
    })
  })

  it.each(['', ' ', '\r\n\t\u00A0'])('refuses the blank text %j', (text) => {
    expect(report(text)).toMatchObject({ ok: false, problem: { kind: 'blank', field: 'reportText' } })
  })

  it.each(['\ud800', 'a\udc00b', '😀'.slice(1)])('refuses half a character', (text) => {
    expect(report(text)).toMatchObject({ ok: false, problem: { kind: 'broken-text', field: 'reportText' } })
    const clinician = reportBody({
      reportText: 'x',
      reportStatus: 'final',
      interpretingClinicianName: text,
      reportedAtUtc: at,
    })
    expect(clinician).toMatchObject({ ok: false, problem: { field: 'interpretingClinicianName' } })
  })

  it.each(['2026-11-20', '2026-11-20T01:02:03', '2026-11-20T01:02:03+10:00', 'now', '2026-02-30T00:00:00Z'])(
    'refuses the time %s',
    (reportedAtUtc) => {
      expect(reportBody({ reportText: 'x', reportStatus: 'final', reportedAtUtc })).toMatchObject({
        ok: false,
        problem: { kind: 'not-allowed', field: 'reportedAtUtc' },
      })
    },
  )

  it('refuses another status', () => {
    const reportStatus = JSON.parse('"FINAL"')
    expect(reportBody({ reportText: 'x', reportStatus, reportedAtUtc: at })).toMatchObject({
      ok: false,
      problem: { kind: 'not-allowed', field: 'reportStatus' },
    })
  })
})

describe('comment body', () => {
  it.each([
    ['AC', false],
    ['AA', true],
    ['PC', false],
    ['PA', true],
  ] as const)('of type %s says isAlert %s', (commentType, isAlert) => {
    expect(jsonOf(commentBody({ commentText: 'Call me', commentType, commentDateTime: at }))).toEqual({
      commentText: 'Call me',
      commentType,
      isAlert,
      commentDateTime: at,
    })
  })

  it('refuses a blank text and another type', () => {
    expect(commentBody({ commentText: ' ', commentType: 'AC', commentDateTime: at })).toMatchObject({
      problem: { kind: 'blank', field: 'commentText' },
    })
    const commentType = JSON.parse('"XX"')
    expect(commentBody({ commentText: 'x', commentType, commentDateTime: at })).toMatchObject({
      problem: { kind: 'not-allowed', field: 'commentType' },
    })
  })
})

describe('upload address body', () => {
  it('names one file', () => {
    expect(jsonOf(uploadUrlBody({ fileName: 'A1-report.pdf', contentType: 'application/pdf' }))).toEqual({
      items: [{ fileName: 'A1-report.pdf', contentType: 'application/pdf', category: 'report' }],
    })
  })

  it.each([
    ['x'.repeat(256), 'too-long'],
    ['../../x.pdf', 'not-allowed'],
    ['a\\b.pdf', 'not-allowed'],
    ['a\nb.pdf', 'not-allowed'],
    ['', 'blank'],
    ['\ud800.pdf', 'broken-text'],
  ])('refuses a bad name', (fileName, kind) => {
    expect(uploadUrlBody({ fileName, contentType: 'application/pdf' })).toMatchObject({
      ok: false,
      problem: { kind, field: 'fileName' },
    })
  })

  it('takes 255 characters and refuses another type', () => {
    expect(uploadUrlBody({ fileName: 'x'.repeat(255), contentType: 'application/dicom' }).ok).toBe(true)
    const contentType = JSON.parse('"text/html"')
    expect(uploadUrlBody({ fileName: 'x', contentType })).toMatchObject({ problem: { field: 'contentType' } })
  })
})
