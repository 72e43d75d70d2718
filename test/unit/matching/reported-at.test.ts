import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideReportedAt, type ReportedAtInput } from '../../../electron/matching/reported-at.ts'

const settledAtMs = Date.parse('2026-11-20T12:00:00.900Z')
const base: ReportedAtInput = {
  sidecar: null,
  times: { srContent: null, pdfModified: null, pdfCreated: null },
  mtimeMs: Date.parse('2026-11-20T11:59:58.700Z'),
  settledAtMs,
  siteZone: 'Australia/Adelaide',
  machineZone: 'America/New_York',
}

function srAt(date: string, time: string | null, utcOffset: string | null = null, changes = {}) {
  return decideReportedAt({
    ...base,
    times: { ...base.times, srContent: { date, time, utcOffset } },
    ...changes,
  })
}

describe('source', () => {
  const all: ReportedAtInput = {
    ...base,
    sidecar: '2026-11-01T01:02:03Z',
    times: {
      srContent: { date: '20261102', time: '010203', utcOffset: '+0000' },
      pdfModified: '2026-11-03T01:02:03Z',
      pdfCreated: '2026-11-04T01:02:03Z',
    },
  }

  it('is the first that gives a time', () => {
    expect(decideReportedAt(all)).toEqual({ utc: '2026-11-01T01:02:03Z', source: 'sidecar', warning: null })
    const noSidecar = { ...all, sidecar: null }
    expect(decideReportedAt(noSidecar)).toMatchObject({ utc: '2026-11-02T01:02:03Z', source: 'sr-content' })
    const noSr = { ...noSidecar, times: { ...all.times, srContent: null } }
    expect(decideReportedAt(noSr)).toMatchObject({ utc: '2026-11-03T01:02:03Z', source: 'pdf-modified' })
    const noModified = { ...noSr, times: { ...noSr.times, pdfModified: null } }
    expect(decideReportedAt(noModified)).toMatchObject({ utc: '2026-11-04T01:02:03Z', source: 'pdf-created' })
    expect(decideReportedAt(base)).toEqual({
      utc: '2026-11-20T11:59:58Z',
      source: 'file-modified',
      warning: null,
    })
  })

  it.each(['', 'yesterday', '2026-13-01T00:00:00Z', '2026-11-01', '0001-01-01T00:00:00Z'])(
    'passes over the bad value %j',
    (bad) => {
      expect(decideReportedAt({ ...all, sidecar: bad }).source).toBe('sr-content')
      const times = { srContent: null, pdfModified: bad, pdfCreated: '2026-11-04T01:02:03Z' }
      expect(decideReportedAt({ ...base, times }).source).toBe('pdf-created')
    },
  )
})

describe('SR content date and time', () => {
  it.each([
    ['20261102', '0102', '2026-11-02T01:02:00Z'],
    ['20261102', '01', '2026-11-02T01:00:00Z'],
    ['20261102', '010203.999999', '2026-11-02T01:02:03Z'],
    ['2026.11.02', '01:02:03', '2026-11-02T01:02:03Z'],
    [' 20261102', '010203 ', '2026-11-02T01:02:03Z'],
    ['20261102', '235960', '2026-11-02T23:59:59Z'],
  ])('%s %s', (date, time, utc) => {
    expect(srAt(date, time, '+0000')).toEqual({ utc, source: 'sr-content', warning: null })
  })

  it.each([
    ['20261102', null],
    ['20261102', '2400'],
    ['20261102', '1'],
    ['20261102', '010261'],
    ['20260230', '010203'],
    ['2026', '010203'],
    ['', ''],
  ])('%s %s is no time', (date, time) => {
    expect(srAt(date, time, '+0000').source).toBe('file-modified')
  })

  it('is in its own offset, else the site’s zone, else this machine’s', () => {
    expect(srAt('20260702', '120000', '-0330').utc).toBe('2026-07-02T15:30:00Z')
    expect(srAt('20260702', '120000').utc).toBe('2026-07-02T02:30:00Z')
    expect(srAt('20260702', '120000', '+9900').utc).toBe('2026-07-02T02:30:00Z')
    expect(srAt('20260702', '120000', null, { siteZone: null }).utc).toBe('2026-07-02T16:00:00Z')
    expect(srAt('20260702', '120000', null, { siteZone: 'Nowhere/Land' }).utc).toBe('2026-07-02T16:00:00Z')
  })
})

describe('when the clocks change', () => {
  const newYork = { siteZone: 'America/New_York' }

  it('takes the earlier of two instants', () => {
    expect(srAt('20261101', '013000', null, newYork).utc).toBe('2026-11-01T05:30:00Z')
    expect(srAt('20260405', '023000').utc).toBe('2026-04-04T16:00:00Z')
  })

  it('reads a time that does not occur with the offset before the change', () => {
    expect(srAt('20260308', '023000', null, newYork).utc).toBe('2026-03-08T07:30:00Z')
    expect(srAt('20261004', '023000').utc).toBe('2026-10-03T17:00:00Z')
  })
})

describe('PDF time', () => {
  it('is in its own offset, else in this machine’s zone', () => {
    const at = (pdfModified: string) =>
      decideReportedAt({ ...base, times: { ...base.times, pdfModified } }).utc
    expect(at('2026-07-02T12:00:00+02:00')).toBe('2026-07-02T10:00:00Z')
    expect(at('2026-07-02T12:00:00')).toBe('2026-07-02T16:00:00Z')
  })
})

describe('clamping', () => {
  it('puts a time from the future to the moment the file settled, and says so', () => {
    const late = decideReportedAt({ ...base, sidecar: '2026-11-20T12:00:01Z' })
    expect(late).toMatchObject({ utc: '2026-11-20T12:00:00Z', source: 'sidecar' })
    expect(late.warning).toContain('future')
    expect(decideReportedAt({ ...base, mtimeMs: settledAtMs + 1 }).warning).not.toBeNull()
    expect(decideReportedAt({ ...base, mtimeMs: settledAtMs }).warning).toBeNull()
  })

  it('never leaves a time later than that, whatever the document says', () => {
    const time = fc.date({ noInvalidDate: true, min: new Date('1950-01-01'), max: new Date('2100-01-01') })
    fc.assert(
      fc.property(time, fc.string(), fc.string(), (date, junkDate, junkTime) => {
        const times = {
          srContent: { date: junkDate, time: junkTime, utcOffset: null },
          pdfModified: date.toISOString(),
          pdfCreated: null,
        }
        const { utc } = decideReportedAt({ ...base, times })
        expect(utc).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/u)
        expect(Date.parse(utc)).toBeLessThanOrEqual(settledAtMs)
      }),
    )
  })
})
