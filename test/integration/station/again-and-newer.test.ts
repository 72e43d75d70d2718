import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pdfReport, srReport } from '../../support/station/sample-reports.ts'
import { idOf, outcomes, sha256, useSite } from '../../support/station/site.ts'

const site = useSite()
const person = ['--by', 'Dr Rory', '--reason', 'checked']
const at = (minute: number) => ({ createdAt: new Date(Date.UTC(2026, 10, 19, 1, minute)) })

describe('the same report again', () => {
  it('is sent once, whatever its name, and by whichever station', async () => {
    const { bench, study } = site
    const bytes = await pdfReport(study('A100003'))
    await bench.put('one.pdf', bytes)
    await bench.put('two.pdf', bytes)
    const first = await site.once()
    const said = Object.values(outcomes(first.events))
    expect(said).toHaveLength(2)
    expect(said).toEqual(expect.arrayContaining(['delivered A100003 preliminary', 'duplicate']))

    await bench.put('one.pdf', bytes)
    expect(outcomes((await site.once()).events)).toEqual({ 'one.pdf': 'duplicate' })

    const second = await bench.secondStation()
    await bench.put('three.pdf', bytes)
    const other = await second.run(['run', '--once', '--json'])
    expect(other.code).toBe(0)
    expect(outcomes(other.events)).toEqual({ 'three.pdf': 'duplicate' })

    expect(study('A100003').reports).toHaveLength(1)
    expect(site.requests('put')).toHaveLength(1)
    expect(await bench.dropped()).toEqual([
      'Sent/one (2).pdf',
      'Sent/one.pdf',
      'Sent/three.pdf',
      'Sent/two.pdf',
    ])
  })

  it('as final after preliminary is a new delivery, and a final one that left the list is a duplicate', async () => {
    const { bench, study } = site
    const bytes = await pdfReport(study('A100003'))
    await mkdir(join(bench.drop, 'Final'))
    await bench.put('draft.pdf', bytes)
    await site.once()
    await bench.put('Final/signed.pdf', bytes)
    expect(outcomes((await site.once()).events)).toEqual({ 'Final/signed.pdf': 'delivered A100003 final' })
    expect(study('A100003').status).toBe('FINALISED')

    await bench.put('Final/signed.pdf', bytes)
    expect(outcomes((await site.once()).events)).toEqual({ 'Final/signed.pdf': 'duplicate' })
    expect(study('A100003').reports.map(({ reportStatus }) => reportStatus)).toEqual(['preliminary', 'final'])
  })
})

describe('another report of the same appointment', () => {
  it('is held when it is older, preliminary after final, or a second final; a person may release it', async () => {
    const { bench, simulator, study } = site
    simulator.switches.finalLeavesPending = false
    await bench.put('newer.pdf', await pdfReport(study('A100003'), at(30)))
    await bench.put('signed.dcm', srReport(study('A100004')))
    await site.once()
    await bench.put('older.pdf', await pdfReport(study('A100003'), at(10)))
    await bench.put('draft.pdf', await pdfReport(study('A100004'), at(30)))
    const corrected = srReport(study('A100004'), { contentTime: '120000' })
    await bench.put('corrected.dcm', corrected)
    const second = await site.once()
    expect(outcomes(second.events)).toEqual({
      'older.pdf': 'held superseded',
      'draft.pdf': 'held already-final',
      'corrected.dcm': 'held correction',
    })
    expect(study('A100004').reports).toHaveLength(1)

    const needs = await bench.run(['resolve', idOf(second.events, 'corrected.dcm'), ...person])
    expect([needs.code, needs.stderr]).toEqual([2, 'A report held as correction needs --release.\n'])
    await bench.run(['resolve', idOf(second.events, 'corrected.dcm'), '--release', ...person])
    expect(outcomes((await site.once()).events)).toEqual({ 'corrected.dcm': 'delivered A100004 final' })
    expect(study('A100003').reports).toHaveLength(1)
    expect(study('A100004').reports).toHaveLength(2)
    expect(study('A100004').artefacts.at(-1)?.sha256).toBe(sha256(corrected))
  })

  it('waits strictly behind the older one, while other appointments go on', async () => {
    const { bench, simulator, study } = site
    simulator.fault({
      endpoint: 'report',
      appointmentId: 'A100003',
      fault: { kind: 'throttle', retryAfter: { seconds: 2 } },
    })
    await bench.put('b first.pdf', await pdfReport(study('A100003'), at(10)))
    await bench.put('a second.pdf', await pdfReport(study('A100003'), at(20)))
    await bench.put('other.pdf', await pdfReport(study('A100005'), at(20)))
    const result = await site.once()

    expect(result.code).toBe(0)
    const order = result.events.flatMap((event) => (event.event === 'delivered' ? [event.file] : []))
    expect(order).toEqual(['other.pdf', 'b first.pdf', 'a second.pdf'])
    expect(study('A100003').reports.map(({ reportedAtUtc }) => reportedAtUtc)).toEqual([
      '2026-11-19T01:10:00Z',
      '2026-11-19T01:20:00Z',
    ])
  })
})

describe('what lies in Held/', () => {
  it('is looked at anew when it is moved back', async () => {
    const { bench, study, simulator } = site
    const bytes = await pdfReport({ ...study('A100003'), appointmentId: 'A777777', studyInstanceUid: null })
    await bench.put('early.pdf', bytes)
    expect(outcomes((await site.once()).events)).toEqual({ 'early.pdf': 'held study-unnamed' })
    const { patientId = '', firstName = '', lastName = '', dateOfBirth = '', gender = '' } = study('A100003')
    simulator.addAppointment({
      appointmentId: 'A777777',
      patientId,
      firstName,
      lastName,
      dateOfBirth,
      gender,
    })
    await rename(join(bench.drop, 'Held/early.pdf'), join(bench.drop, 'early.pdf'))
    const second = await site.once()
    expect(second.code).toBe(0)
    expect(study('A777777').reports).toHaveLength(1)
    expect(await bench.dropped()).toEqual(['Sent/early.pdf'])
    expect((await bench.run(['deliveries', '--held', '--json'])).json).toEqual([])
  })
})
