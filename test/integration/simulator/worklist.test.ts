import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sampleAppointments, startSimulator, type Simulator } from '../../simulator/simulator.ts'
import { call, caller, json, testClock, type Answered, type Caller, type TestClock } from './client.ts'

let simulator: Simulator
let api: Caller
let clock: TestClock
beforeEach(async () => {
  clock = testClock()
  simulator = await startSimulator({ now: clock.now })
  api = await caller(simulator)
})
afterEach(() => simulator.close())

const list = (query = ''): Promise<Answered> => api.get(`/reporting/appointments/pending${query}`)

async function wholeList(pageSize: number): Promise<{ ids: string[]; pages: number }> {
  const ids: string[] = []
  let token = ''
  let pages = 0
  do {
    const page = json(await list(`?pageSize=${pageSize}&nextToken=${encodeURIComponent(token)}`))
    pages += 1
    ids.push(...(page['items'] ?? []).map((item) => String(item['appointmentId'])))
    token = String(page['nextToken'] ?? '')
  } while (token !== '')
  return { ids, pages }
}

describe('the pending list', () => {
  it('gives each appointment exactly once, whatever the page size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 1, max: 13 }),
        fc.boolean(),
        async (count, pageSize, urlSafe) => {
          simulator.reset()
          api = await caller(simulator)
          simulator.switches.cursorStyle = urlSafe ? 'url-safe' : 'needs-encoding'
          const added = Array.from({ length: count }, () => simulator.addAppointment().appointmentId)
          const { ids, pages } = await wholeList(pageSize)
          expect(ids).toEqual(added)
          expect(pages).toBe(Math.max(1, Math.ceil(count / pageSize)))
        },
      ),
      { numRuns: 25 },
    )
  })

  it('gives 100 when nothing is asked for, and up to 500', async () => {
    for (let i = 0; i < 501; i += 1) simulator.addAppointment()
    const sizes = [json(await list()), json(await list('?pageSize=500'))].map((page) => page['items']?.length)
    expect(sizes).toEqual([100, 500])
  })

  it.each(['?pageSize=0', '?pageSize=501', '?pageSize=1.5', '?pageSize=ten', '?pageSize=', '?nextToken=abc'])(
    'refuses %s with an errors map',
    async (query) => {
      const answer = await list(query)
      expect(answer.status).toBe(400)
      expect(Object.keys(json(answer)['errors'] ?? {})).toHaveLength(1)
    },
  )

  it('refuses a token that was sent without encoding, where tokens need it', async () => {
    simulator.switches.cursorStyle = 'needs-encoding'
    simulator.addAppointment()
    simulator.addAppointment()
    const token = String(json(await list('?pageSize=1'))['nextToken'])
    expect(token).toMatch(/\+.*=$/)
    expect((await list(`?pageSize=1&nextToken=${token}`)).status).toBe(400)
  })

  it('leaves out what is not pending and what other domains have', async () => {
    simulator.addAppointment({ appointmentId: 'A1' })
    simulator.addAppointment({ appointmentId: 'A2', status: 'DICTATED' })
    simulator.addAppointment({ appointmentId: 'A3', domain: 'other' })
    expect((await wholeList(10)).ids).toEqual(['A1'])
  })
})

describe('one appointment', () => {
  it('is shown in full while it is pending, and as a summary without the patient in any status', async () => {
    const [seed] = sampleAppointments(clock.now())
    simulator.addAppointment(seed)
    const full = json(await api.get('/reporting/appointments/A100001'))
    expect(full).toMatchObject({ patientId: '220001', lastName: 'Thompson-Reid', dateOfBirth: '1988-03-03' })
    expect(full['attachments']).toBeUndefined()
    simulator.setStatus('acme', 'A100001', 'FINALISED')
    expect((await api.get('/reporting/appointments/A100001')).status).toBe(404)
    const general = await api.get('/appointments/A100001')
    expect(json(general)).toEqual({
      domain: 'acme',
      appointmentId: 'A100001',
      scheduledSite: 'Central Clinic',
      status: 'FINALISED',
      appointmentDate: '2026-11-20',
      startTime: '08:00:00',
      endTime: '08:20:00',
      modality: 'CT',
      studyDescription: 'CT Chest',
    })
    expect((await api.get('/appointments/A0')).status).toBe(404)
  })

  it.each(['', '/attachments', '/attachments/x', '/comments', '/comments/x'])(
    'answers one and the same 404 at "%s" whether it is unknown or not pending',
    async (rest) => {
      simulator.addAppointment({ appointmentId: 'A1', status: 'AUTHORISED' })
      const details = await Promise.all(
        ['A1', 'A2'].map(async (id) => {
          const answer = await api.get(`/reporting/appointments/${id}${rest}`)
          return [answer.status, answer.headers['content-type'], json(answer)['detail']]
        }),
      )
      expect(details[0]).toEqual(details[1])
      expect(details[0]?.[0]).toBe(404)
    },
  )
})

describe('attachments', () => {
  const pdf = Buffer.from('%PDF-1.7 referral %%EOF')
  beforeEach(() => {
    simulator.addAppointment({
      appointmentId: 'A1',
      attachments: [{ fileName: 'referral é.pdf', bytes: pdf }],
    })
  })

  it.each([
    ['', 900],
    ['?urlTtlSeconds=120', 120],
    ['?urlTtlSeconds=1', 60],
    ['?urlTtlSeconds=-5', 60],
    ['?urlTtlSeconds=99999', 3600],
  ])('come with a URL that lives as long as asked, within bounds: "%s"', async (query, seconds) => {
    const [attachment] = json(await api.get(`/reporting/appointments/A1/attachments${query}`))
    expect(Date.parse(String(attachment?.['urlExpiresAtUtc']))).toBe(clock.now() + seconds * 1000)
    const url = String(attachment?.['url'])
    clock.pass(seconds * 1000 - 1)
    expect((await call(url)).bytes).toEqual(pdf)
    clock.pass(1)
    expect((await call(url)).status).toBe(403)
  })

  it('download with the disposition that was asked for', async () => {
    const guid = String(json(await api.get('/reporting/appointments/A1/attachments'))[0]?.['guid'])
    for (const [query, disposition] of [
      ['', 'inline'],
      ['?disposition=attachment', 'attachment'],
    ] as const) {
      const one = json(await api.get(`/reporting/appointments/A1/attachments/${guid}${query}`))
      expect(one['fileName']).toBe('referral é.pdf')
      const file = await call(String(one['url']))
      expect(file.headers['content-disposition']).toMatch(new RegExp(`^${disposition};`))
      expect(file.headers['content-type']).toBe('application/pdf')
    }
  })

  it('refuse an unknown disposition and a lifetime that is no number', async () => {
    const statuses = await Promise.all(
      ['?disposition=save', '?urlTtlSeconds=soon', '?urlTtlSeconds=1.5'].map(
        async (query) => (await api.get(`/reporting/appointments/A1/attachments${query}`)).status,
      ),
    )
    expect(statuses).toEqual([400, 400, 400])
  })

  it('can still be read through the general endpoints once the appointment is not pending', async () => {
    simulator.setStatus('acme', 'A1', 'FINALISED')
    const [attachment] = json(await api.get('/appointments/A1/attachments'))
    const one = json(await api.get(`/appointments/A1/attachments/${String(attachment?.['guid'])}`))
    expect((await call(String(one['url']))).bytes).toEqual(pdf)
    expect((await api.get('/appointments/A1/attachments/none')).status).toBe(404)
    expect((await api.get('/appointments/A1/comments')).status).toBe(200)
  })
})

describe('every answer of the API', () => {
  it('echoes the correlation id or makes one, and names the request in a refusal', async () => {
    const echoed = await api.get('/reporting/appointments/none', { 'X-Correlation-Id': '4b7f0a91b4f54f2a' })
    expect(echoed.headers['x-correlation-id']).toBe('4b7f0a91b4f54f2a')
    expect(json(echoed)).toMatchObject({ status: 404, requestId: expect.stringMatching(/^\w{16}$/) })
    expect((await list()).headers['x-correlation-id']).toMatch(/^\w{16}$/)
  })

  it('has the Date of the simulated clock', async () => {
    expect((await list()).headers['date']).toBe(new Date(clock.now()).toUTCString())
  })

  it('says 405 with the methods allowed, and 404 for paths it does not know', async () => {
    const refused = await call(
      `${simulator.baseUrl}/integrations/v1/acme/reporting/appointments/A1/comments`,
      {
        method: 'DELETE',
        headers: { Authorization: `Bearer ${api.token}` },
      },
    )
    expect([refused.status, refused.headers['allow']]).toEqual([405, 'GET, POST'])
    expect((await api.get('/reporting')).status).toBe(404)
    expect((await api.get('/reporting/appointments/A1/report')).status).toBe(405)
    expect((await api.get('/reporting/appointments/%zz')).status).toBe(404)
    expect((await call(`${simulator.baseUrl}/`)).status).toBe(404)
  })
})

describe('the sample appointments', () => {
  it('are twelve, well-formed, with one patient twice and real referrals', async () => {
    simulator = await restarted(simulator)
    api = await caller(simulator)
    const items = json(await list())['items'] ?? []
    expect(items).toHaveLength(12)
    const patients = items.map((item) => String(item['patientId']))
    expect(new Set(patients).size).toBe(11)
    const uids = items.map((item) => String(item['studyInstanceUid']))
    expect(new Set(uids).size).toBe(12)
    for (const uid of uids) expect(uid).toMatch(/^2\.25\.[1-9]\d{0,38}$/)
    const [referral] = json(await api.get('/reporting/appointments/A100001/attachments'))
    const file = await call(String(referral?.['url']))
    expect(file.bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect(file.bytes.subarray(-6).toString()).toContain('%%EOF')
    expect(json(await api.get('/reporting/appointments/A100001/comments'))[0]).toMatchObject({
      commentType: 'AA',
      isAlert: true,
    })
  })
})

async function restarted(former: Simulator): Promise<Simulator> {
  await former.close()
  return startSimulator({ now: clock.now, appointments: sampleAppointments(clock.now()) })
}
