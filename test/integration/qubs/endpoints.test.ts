import { describe, expect, it } from 'vitest'
import { commentBody, reportBody, uploadUrlBody, type Body } from '../../../electron/qubs/bodies.ts'
import { sampleAppointments, sampleSites, type Seed } from '../../simulator/simulator.ts'
import { startPractice, valueOf } from './practice.ts'

/** Every endpoint of contract 1.4 with its documented parameters, against the simulator (docs/qubs.md names these tests). */

const nowMs = Date.UTC(2026, 10, 20, 1, 2, 3)
const at = '2026-11-20T01:02:03Z'
const samples = { appointments: sampleAppointments(nowMs), sites: sampleSites() }
const ids = ({ items }: { items: readonly { appointmentId: string }[] }): string[] =>
  items.map((item) => item.appointmentId)

function bytesOf(body: Body): Uint8Array {
  if (!body.ok) throw new Error(body.problem.message)
  return body.bytes
}

/** Appointments of two days, two sites and two statuses. */
const mixed: readonly Seed[] = Array.from({ length: 8 }, (_, n) => ({
  appointmentId: `M${n}`,
  status: n % 2 === 0 ? 'NOT ARRIVED' : 'ARRIVED',
  scheduledSite: n < 4 ? 'Central Clinic' : 'Northside Clinic',
  appointmentDate: n % 4 < 2 ? '2026-11-20' : '2026-11-21',
  ...(n < 6 ? { doctorName: 'Dr Helen Ngata' } : {}),
}))

describe('reporting', () => {
  it('Q1 lists a page of the pending appointments with pageSize and nextToken', async () => {
    const { client, asked } = await startPractice(samples)
    const first = valueOf(await client.listPendingPage({ pageSize: 5 }))
    const second = valueOf(await client.listPendingPage({ pageSize: 5, nextToken: first.nextToken }))
    expect([...ids(first), ...ids(second)]).toHaveLength(10)
    expect(new Set([...ids(first), ...ids(second)]).size).toBe(10)
    const list = '/reporting/appointments/pending?pageSize=5'
    expect(asked()).toEqual([list, `${list}&nextToken=${encodeURIComponent(first.nextToken ?? '')}`])
  })

  it('Q1 is read to its end, also where the server takes smaller pages only', async () => {
    const { client, asked } = await startPractice({
      ...samples,
      maxPageSize: 100,
      cursorStyle: 'needs-encoding',
    })
    expect(ids(valueOf(await client.listAllPending()))).toHaveLength(12)
    expect(asked().map((line) => line.split('?')[1])).toEqual(['pageSize=500', 'pageSize=100'])
  })

  it('Q2 reads one pending appointment', async () => {
    const { client } = await startPractice(samples)
    expect(valueOf(await client.getPending('A100001'))).toMatchObject({ lastName: 'Thompson-Reid' })
  })

  it('Q3 and Q4 read attachments with urlTtlSeconds and disposition, and their bytes without credentials', async () => {
    const { client, simulator, asked } = await startPractice(samples)
    const options = { scope: 'reporting', urlTtlSeconds: 120, disposition: 'attachment' } as const
    const { items } = valueOf(await client.listAttachments('A100001', options))
    const guid = items[0]?.guid ?? ''
    const one = valueOf(await client.getAttachment('A100001', guid, options))
    expect(one).toMatchObject({ fileName: 'referral.pdf', urlExpiresAtUtc: '2026-11-20T01:04:03Z' })
    const path = '/reporting/appointments/A100001/attachments'
    const query = 'urlTtlSeconds=120&disposition=attachment'
    expect(asked()).toEqual([`${path}?${query}`, `${path}/${guid}?${query}`])
    const file = valueOf(await client.download({ url: one.url ?? '', maxBytes: 100_000 }))
    expect(Buffer.from(file.bytes).subarray(0, 5).toString()).toBe('%PDF-')
    const [sent] = simulator.requests(({ endpoint }) => endpoint === 'get-object')
    expect(sent?.headers['authorization']).toBeUndefined()
  })

  it('Q5 lists comments of the appointment and its patient', async () => {
    const { client } = await startPractice(samples)
    const { items } = valueOf(await client.listComments('A100006'))
    expect(items.map((c) => [c.commentType, c.isAlert])).toEqual([['PA', true]])
  })

  it('Q6 creates a comment', async () => {
    const { client, simulator } = await startPractice(samples)
    const body = bytesOf(commentBody({ commentText: 'Call me', commentType: 'AA', commentDateTime: at }))
    const made = valueOf(await client.createComment('A100003', { body, idempotencyKey: 'k' }))
    expect(made).toMatchObject({ commentType: 'AA', isAlert: true, commentDateTime: at })
    expect(simulator.appointment('acme', 'A100003').comments.map((c) => c.guid)).toContain(made.guid)
  })

  it('Q7 reads one comment, and never another one in its place', async () => {
    const { client } = await startPractice(samples)
    const [first] = valueOf(await client.listComments('A100006')).items
    expect(valueOf(await client.getComment('A100006', first?.guid ?? ''))).toEqual(first)
    expect(await client.getComment('A100006', 'none')).toMatchObject({ failure: { kind: 'gone' } })
  })

  it.each([200, 201, 202] as const)(
    'Q8 submits a report, whichever 2xx answers it: %i',
    async (reportStatusCode) => {
      const { client, simulator } = await startPractice({ ...samples, reportStatusCode })
      const body = bytesOf(reportBody({ reportText: 'Clear.', reportStatus: 'final', reportedAtUtc: at }))
      const receipt = valueOf(await client.submitReport('A100001', { body, idempotencyKey: 'k' }))
      expect(receipt).toMatchObject({ reportStatus: 'final', reportedAtUtc: at })
      expect(simulator.appointment('acme', 'A100001').currentReport).toMatchObject({ reportText: 'Clear.' })
    },
  )

  it('Q9 and Q10 make an upload address and put the bytes there', async () => {
    const { client, simulator } = await startPractice(samples)
    const ask = bytesOf(uploadUrlBody({ fileName: 'A100001-report.pdf', contentType: 'application/pdf' }))
    const target = valueOf(await client.createUploadUrl('A100001', { body: ask, idempotencyKey: 'k' }))
    const bytes = Buffer.from('%PDF-1.7\n%%EOF\n')
    const outcome = await client.upload({ url: target.uploadUrl, bytes, contentType: 'application/pdf' })
    expect(outcome).toMatchObject({ kind: 'done' })
    expect(simulator.appointment('acme', 'A100001').artefacts[0]).toMatchObject({ bytes, putCount: 1 })
  })
})

describe('appointments in any status', () => {
  it('Q11 lists summaries by appointmentDate and scheduledSite with skip and take', async () => {
    const { client, asked } = await startPractice({ appointments: mixed })
    const filter = { appointmentDate: '2026-11-20', scheduledSite: 'Central Clinic' }
    expect(ids(valueOf(await client.listAppointments(filter)))).toEqual(['M0', 'M1'])
    expect(ids(valueOf(await client.listAppointments({ skip: 6, take: 1 })))).toEqual(['M6'])
    expect(asked()).toEqual([
      '/appointments?appointmentDate=2026-11-20&scheduledSite=Central%20Clinic',
      '/appointments?skip=6&take=1',
    ])
  })

  it('Q11 is read to its end in parts of 500', async () => {
    const appointments = Array.from({ length: 1_000 }, () => ({}))
    const { client, asked } = await startPractice({ appointments })
    const whole = valueOf(await client.listAllAppointments())
    expect([new Set(ids(whole)).size, whole.pages]).toEqual([1_000, 3])
    expect(asked().at(-1)).toBe('/appointments?skip=1000&take=500')
    expect(ids(valueOf(await client.listAllAppointments({ appointmentDate: '2026-11-20' })))).toEqual([])
    expect(asked()).toEqual(['/appointments?appointmentDate=2026-11-20&skip=0&take=500'])
  })

  it('Q12 reads one summary in any status', async () => {
    const { client } = await startPractice({ appointments: mixed })
    expect(valueOf(await client.getAppointment('M1'))).toMatchObject({ status: 'ARRIVED' })
  })

  it('Q13 lists summaries in one status with pageSize and nextToken, or to their end', async () => {
    const { client, asked } = await startPractice({ appointments: mixed })
    const first = valueOf(await client.listAppointmentsByStatus('NOT ARRIVED', { pageSize: 3 }))
    const { nextToken } = first
    const second = valueOf(await client.listAppointmentsByStatus('NOT ARRIVED', { pageSize: 3, nextToken }))
    expect([ids(first), ids(second), second.nextToken]).toEqual([['M0', 'M2', 'M4'], ['M6'], null])
    expect(asked()[0]).toBe('/appointments/by-status/NOT%20ARRIVED?pageSize=3')
    expect(ids(valueOf(await client.listAllAppointmentsByStatus('ARRIVED')))).toEqual([
      'M1',
      'M3',
      'M5',
      'M7',
    ])
    expect(ids(valueOf(await client.listAllAppointmentsByStatus('APPPOINTMENT CANCELLED')))).toEqual([])
    expect(asked().at(-1)).toBe('/appointments/by-status/APPPOINTMENT%20CANCELLED?pageSize=500')
  })

  it('Q14 lists what happened on the day by appointmentDate and scheduledSite with skip and take', async () => {
    const { client, asked } = await startPractice(samples)
    const filter = { appointmentDate: '2026-11-20', scheduledSite: 'Northside Clinic', skip: 1, take: 2 }
    const { items } = valueOf(await client.listOperational(filter))
    expect(items).toHaveLength(2)
    expect(items[0]).toMatchObject({
      scanTotalTime: 12,
      waitingTotalTime: 6.5,
      arrivalDateTime: '2026-11-20T00:32:03Z',
    })
    expect(asked()).toEqual([
      '/appointments/operational?appointmentDate=2026-11-20&scheduledSite=Northside%20Clinic&skip=1&take=2',
    ])
    expect(ids(valueOf(await client.listAllOperational({ scheduledSite: 'Northside Clinic' })))).toHaveLength(
      4,
    )
  })

  it('Q15 reads what happened to one appointment', async () => {
    const { client } = await startPractice(samples)
    expect(valueOf(await client.getOperational('A100001'))).toMatchObject({
      room: 'CT 1',
      billingStatus: 'active',
    })
  })

  it('Q16 lists what happened in one status with pageSize and nextToken, or to its end', async () => {
    const { client, asked } = await startPractice({ appointments: mixed })
    const { nextToken } = valueOf(await client.listOperationalByStatus('ARRIVED', { pageSize: 3 }))
    expect(ids(valueOf(await client.listOperationalByStatus('ARRIVED', { pageSize: 3, nextToken })))).toEqual(
      ['M7'],
    )
    expect(asked()[0]).toBe('/appointments/operational/by-status/ARRIVED?pageSize=3')
    expect(ids(valueOf(await client.listAllOperationalByStatus('ARRIVED')))).toHaveLength(4)
  })

  it('Q21 reads attachments of a finished appointment', async () => {
    const { client, simulator, asked } = await startPractice(samples)
    simulator.setStatus('acme', 'A100001', 'FINALISED')
    const options = { scope: 'any', urlTtlSeconds: 60, disposition: 'inline' } as const
    const { items } = valueOf(await client.listAttachments('A100001', options))
    const guid = items[0]?.guid ?? ''
    expect(valueOf(await client.getAttachment('A100001', guid, options)).fileName).toBe('referral.pdf')
    expect(asked()[1]).toBe(`/appointments/A100001/attachments/${guid}?urlTtlSeconds=60&disposition=inline`)
    expect(await client.listAttachments('A100001', { scope: 'reporting' })).toMatchObject({
      failure: { kind: 'gone' },
    })
  })

  it('Q22 lists comments of a finished appointment', async () => {
    const { client, simulator } = await startPractice(samples)
    simulator.setStatus('acme', 'A100006', 'FINALISED')
    expect(await client.listComments('A100006')).toMatchObject({ failure: { kind: 'gone' } })
    expect(valueOf(await client.listComments('A100006', { scope: 'any' })).items).toHaveLength(1)
  })

  it('Q24 lists what a referrer sees, with startDate, endDate and clientUtcOffsetMinutes', async () => {
    const { client, asked } = await startPractice({ appointments: mixed })
    const days = { startDate: '2026-11-21', endDate: '2026-11-21', clientUtcOffsetMinutes: 660 }
    const query = 'startDate=2026-11-21&endDate=2026-11-21&clientUtcOffsetMinutes=660'
    expect(ids(valueOf(await client.listReferrerAppointments({ ...days, take: 10 })))).toEqual(['M2', 'M3'])
    expect(ids(valueOf(await client.listReferrerOperational({ scheduledSite: 'Northside Clinic' })))).toEqual(
      ['M4', 'M5'],
    )
    expect(ids(valueOf(await client.listReferrerByStatus('ARRIVED', { ...days, pageSize: 9 })))).toEqual([
      'M3',
    ])
    expect(ids(valueOf(await client.listReferrerOperationalByStatus('NOT ARRIVED')))).toEqual([
      'M0',
      'M2',
      'M4',
    ])
    expect(asked()).toEqual([
      `/appointments/referrer?take=10&${query}`,
      '/appointments/referrer/operational?scheduledSite=Northside%20Clinic',
      `/appointments/referrer/by-status/ARRIVED?pageSize=9&${query}`,
      '/appointments/referrer/operational/by-status/NOT%20ARRIVED',
    ])
  })

  it('of the older generation have numbers as text and dates as stored, which are never turned around', async () => {
    const { client } = await startPractice({ ...samples, documentGeneration: 'old' })
    const { items } = valueOf(await client.listOperational({ appointmentDate: '2026-11-20', take: 1 }))
    expect(items[0]).toMatchObject({
      appointmentDate: '20-11-2026',
      scanTotalTime: 12,
      waitingTotalTime: 6.5,
    })
  })
})

describe('the practice', () => {
  it('Q17 lists the exam codes of a site', async () => {
    const { client, asked } = await startPractice(samples)
    const { items } = valueOf(await client.listExamCodes('Central Clinic'))
    expect(items[0]).toMatchObject({
      examCodeId: 'EC100',
      site: 'Central Clinic',
      totalDuration: 15,
      showOnline: true,
    })
    expect(items[1]).toMatchObject({ category: null, totalDuration: null, showOnline: null })
    expect(asked()).toEqual(['/sites/Central%20Clinic/exam-codes'])
  })

  it('Q18 lists the sites', async () => {
    const { client } = await startPractice(samples)
    expect(valueOf(await client.listSites()).items).toEqual([
      { domain: 'acme', siteName: 'Central Clinic' },
      { domain: 'acme', siteName: 'Northside Clinic' },
    ])
  })

  it('Q19 reads the settings of a site', async () => {
    const { client } = await startPractice(samples)
    expect(valueOf(await client.getSite('Northside Clinic')).timeZone).toBe('E. Australia Standard Time')
    expect(await client.getSite('Atlantis')).toMatchObject({ failure: { kind: 'gone' } })
  })

  it('Q20 reads the staff skills of a site', async () => {
    const { client } = await startPractice(samples)
    const skills = valueOf(await client.getStaffSkills('Central Clinic'))
    expect([skills.examKeys, skills.employees.items.length]).toEqual([['CT_CHEST', 'US_THYROID'], 2])
  })

  it('Q23 reads the summary of a patient, and never another patient in its place', async () => {
    const { client } = await startPractice(samples)
    expect(valueOf(await client.getPatient('220004'))).toMatchObject({ dateOfBirth: '1972-07-04' })
    expect(await client.getPatient('0')).toMatchObject({ failure: { kind: 'gone' } })
  })
})

describe('a parameter outside its limits', () => {
  it('is refused in one sentence that names it, and nothing is sent', async () => {
    const { client, simulator } = await startPractice(samples)
    const results = await Promise.all([
      client.listPendingPage({ pageSize: 501 }),
      client.listAppointments({ skip: 10_001 }),
      client.listAppointments({ take: 0 }),
      client.listOperational({ appointmentDate: '20-11-2026' }),
      client.listOperational({ scheduledSite: ' ' }),
      client.listReferrerByStatus('ARRIVED', { clientUtcOffsetMinutes: 900 }),
      client.listReferrerAppointments({ startDate: '2026-02-30' }),
      client.listAttachments('A100001', { scope: 'any', urlTtlSeconds: 1.5 }),
      client.listAppointmentsByStatus(''),
    ])
    const said = results.map((result) =>
      result.ok ? 'taken' : `${result.failure.kind}: ${result.failure.message}`,
    )
    expect(said).toEqual([
      'validation: pageSize must be a whole number from 1 to 500.',
      'validation: skip must be a whole number from 0 to 10000.',
      'validation: take must be a whole number from 1 to 500.',
      'validation: appointmentDate must be a date such as 2026-11-20.',
      'validation: scheduledSite must not be blank.',
      'validation: clientUtcOffsetMinutes must be a whole number from -720 to 840.',
      'validation: startDate must be a date such as 2026-11-20.',
      'validation: urlTtlSeconds must be a whole number from 1 to 604800.',
      expect.stringMatching(/^validation: An id, site, status or page token is empty/),
    ])
    expect(simulator.requests()).toEqual([])
  })
})
