import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakInBody, json, text } from './scripted-server.ts'
import { appointment, pending, row, startRig } from './station.ts'

describe('the worklist', () => {
  it('is read to its end with the token encoded', async () => {
    const { client, server } = await startRig()
    server.on(
      pending,
      json(200, { items: [row('A1'), { ...row('A2'), status: null }], nextToken: 'eyJwYWdlIjoyfQ==&x=+' }),
      json(200, { items: [], nextToken: 'p3' }),
      json(200, { items: [row('A1'), row('A3')], nextToken: '' }),
    )
    const result = await client.listAllPending()
    expect(result.ok && result.value.items.map((i) => i.appointmentId)).toEqual(['A1', 'A3'])
    expect(result.ok && result.value.unreadable).toEqual([
      { appointmentId: 'A2', problem: 'has no readable status' },
    ])
    const base = '/integrations/v1/acme/reporting/appointments/pending?pageSize=500'
    expect(server.asked(pending).map((s) => s.url)).toEqual([
      base,
      `${base}&nextToken=eyJwYWdlIjoyfQ%3D%3D%26x%3D%2B`,
      `${base}&nextToken=p3`,
    ])
  })

  it('of 500 rows comes whole', async () => {
    const { client, server } = await startRig()
    server.on(pending, json(200, { items: Array.from({ length: 500 }, (_, n) => row(`A${n}`)) }))
    const result = await client.listAllPending()
    expect(result.ok && result.value.items).toHaveLength(500)
  })

  it('tries a page again, and fails as a whole when page 3 never comes', async () => {
    const { client, server, waits } = await startRig()
    server.on(
      pending,
      json(200, { items: [row('A1')], nextToken: 'p2' }),
      json(500, {}),
      breakInBody,
      json(200, { items: [row('A2')], nextToken: 'p3' }),
      text(503, ''),
    )
    expect(await client.listAllPending()).toMatchObject({
      ok: false,
      failure: { kind: 'server', status: 503 },
    })
    expect(server.asked(pending)).toHaveLength(9)
    expect(waits).toHaveLength(6)
  })

  it('with a token that repeats is a failure', async () => {
    const { client, server } = await startRig()
    server.on(pending, json(200, { items: [row('A1')], nextToken: 'same' }))
    expect(await client.listAllPending()).toMatchObject({ failure: { code: 'repeated-token' } })
    expect(server.asked(pending)).toHaveLength(2)
  })

  it('that asks for an hour comes back at once with that hour', async () => {
    const { client, server, waits } = await startRig()
    server.on(pending, json(429, {}, { 'retry-after': '7200' }))
    expect(await client.listAllPending()).toMatchObject({
      failure: { kind: 'throttled', retryAfterMs: 3_600_000 },
    })
    expect(waits).toEqual([])
  })

  it('honours a Retry-After date by the clock of the server', async () => {
    const { client, server, waits } = await startRig()
    const dates = { date: 'Fri, 20 Nov 2020 12:00:00 GMT', 'retry-after': 'Fri, 20 Nov 2020 12:00:10 GMT' }
    server.on(pending, json(429, {}, dates), json(200, { items: [] }))
    expect(await client.listAllPending()).toMatchObject({ ok: true })
    expect(waits[0]).toBeGreaterThanOrEqual(10_000)
    expect(waits[0]).toBeLessThan(11_000)
  })

  it('never throws on any JSON, and never loses a valid row', async () => {
    const { client, server } = await startRig()
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.array(fc.jsonValue()), async (anything, junk) => {
        server.on(pending, json(200, anything))
        const whole = await client.listPendingPage()
        expect(typeof whole.ok).toBe('boolean')
        server.on(pending, json(200, { items: [...junk, row('A1'), ...junk], anything }))
        const result = await client.listAllPending()
        expect(result.ok && result.value.items.some((i) => i.appointmentId === 'A1')).toBe(true)
      }),
      { numRuns: 50 },
    )
  })
})

describe('one appointment', () => {
  it('is read, and gone when it is no longer pending', async () => {
    const { client, server } = await startRig()
    server.on(
      `GET ${appointment}`,
      json(200, row('A1', { patientName: 'Jane Doe' })),
      json(404, { title: 'Not Found' }),
    )
    expect(await client.getPending('A1')).toMatchObject({ ok: true, value: { patientName: 'Jane Doe' } })
    const gone = await client.getPending('A1')
    expect(gone).toMatchObject({ failure: { kind: 'gone', outcomeKnown: true, status: 404 } })
    expect(!gone.ok && gone.failure.message).toContain('no longer pending reporting')
  })

  it('that is another one, or of another domain, is never taken for it', async () => {
    const { client, server } = await startRig()
    server.on(`GET ${appointment}`, json(200, row('A2')), json(200, { ...row('A1'), domain: 'other' }))
    expect(await client.getPending('A1')).toMatchObject({ failure: { kind: 'unknown' } })
    expect(await client.getPending('A1')).toMatchObject({ failure: { kind: 'unknown' } })
  })

  it('has its status in every state (Q12)', async () => {
    const { client, server } = await startRig()
    server.on(
      'GET /integrations/v1/acme/appointments/A%2F1',
      json(200, { ...row('A/1'), status: 'FINALISED' }),
    )
    expect(await client.getAppointment('A/1')).toMatchObject({
      ok: true,
      value: { status: 'FINALISED', startTime: null },
    })
  })

  it('whose id cannot stand in an address is refused without asking', async () => {
    const { client, server } = await startRig()
    expect(await client.getPending('..')).toMatchObject({ failure: { kind: 'validation', code: 'address' } })
    expect(await client.getPending('\ud800')).toMatchObject({ failure: { kind: 'validation' } })
    expect(server.seen).toHaveLength(0)
  })

  it('has comments and attachments, each row on its own', async () => {
    const { client, server } = await startRig()
    server.on(
      `GET ${appointment}/comments`,
      json(200, [{ guid: 'c1', commentType: 'PA', commentText: 'x' }, 5]),
    )
    server.on(
      `GET ${appointment}/attachments`,
      json(200, [{ guid: 'a1', url: 'https://x/y', addedBy: 7 }, {}]),
    )
    server.on(
      'GET /integrations/v1/acme/appointments/A1/attachments',
      json(200, { guid: 'a9', fileName: 'f.pdf' }),
    )
    expect(await client.listComments('A1')).toMatchObject({
      value: { items: [{ guid: 'c1', isAlert: true }], unreadable: [{ appointmentId: null }] },
    })
    expect(await client.listAttachments('A1', { scope: 'reporting', urlTtlSeconds: 900 })).toMatchObject({
      value: { items: [{ guid: 'a1', url: 'https://x/y', addedBy: null }], unreadable: [{}] },
    })
    expect(server.seen.at(-1)?.url).toBe(`${appointment}/attachments?urlTtlSeconds=900`)
    expect(await client.getAttachment('A1', 'a9', { scope: 'any' })).toMatchObject({
      value: { fileName: 'f.pdf' },
    })
    expect(server.seen.at(-1)?.url).toBe('/integrations/v1/acme/appointments/A1/attachments/a9')
  })

  it('never throws on any JSON in place of any answer', async () => {
    const { client, server } = await startRig()
    const write = { body: new TextEncoder().encode('{}'), idempotencyKey: 'k' }
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (anything) => {
        server.on('GET /integrations', json(200, anything))
        server.on('POST /integrations', json(201, anything))
        const results = await Promise.all([
          client.getPending('A1'),
          client.getAppointment('A1'),
          client.listComments('A1'),
          client.listAttachments('A1', { scope: 'any' }),
          client.getAttachment('A1', 'g', { scope: 'reporting' }),
          client.createComment('A1', write),
          client.createUploadUrl('A1', write),
          client.submitReport('A1', write),
        ])
        // An unreadable answer to a write never passes for a known outcome.
        for (const result of results.slice(5))
          expect(result).toMatchObject({ failure: { outcomeKnown: false } })
      }),
      { numRuns: 40 },
    )
  })
})
