import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../../simulator/simulator.ts'
import { call, caller, json, report, type Answered, type Caller } from './client.ts'

let simulator: Simulator
let api: Caller
beforeEach(async () => {
  simulator = await startSimulator()
  for (const appointmentId of ['A1', 'A2', 'A3']) simulator.addAppointment({ appointmentId })
  api = await caller(simulator)
})
afterEach(() => simulator.close())

const submit = (id: string, key?: string): Promise<Answered> =>
  api.post(`/reporting/appointments/${id}/report`, report, key)

async function uploadUrl(): Promise<string> {
  const items = [{ fileName: 'r.pdf' }]
  const made = json(await api.post('/reporting/appointments/A1/report/attachments', { items }))
  return String(made['items']?.[0]?.['uploadUrl'])
}
const put = (url: string): Promise<Answered> => call(url, { method: 'PUT', body: Buffer.from('%PDF-') })

describe('the record of the traffic', () => {
  it('has every request of both servers in order, with what was answered', async () => {
    const url = await uploadUrl()
    await put(url)
    simulator.fault({ endpoint: 'report', fault: { kind: 'reset-after' } })
    await submit('A2', 'key-1').catch(() => undefined)
    const last = simulator.requests().slice(-3)
    expect(
      last.map(({ server, endpoint, appointmentId, status }) => [server, endpoint, appointmentId, status]),
    ).toEqual([
      ['api', 'upload-urls', 'A1', 201],
      ['store', 'put', 'A1', 200],
      ['api', 'report', 'A2', null],
    ])
    expect(last[1]).toMatchObject({
      method: 'PUT',
      query: new URL(url).search.slice(1),
      body: Buffer.from('%PDF-'),
    })
    expect(last[2]).toMatchObject({ faults: ['reset-after'], body: Buffer.from(JSON.stringify(report)) })
    expect(last[2]?.headers).toMatchObject({ 'idempotency-key': 'key-1', 'content-type': 'application/json' })
    const numbers = simulator.requests().map(({ sequence }) => sequence)
    expect(numbers).toEqual(numbers.map((_number, index) => index + 1))
  })

  it('has a request whose sender went away half-way, without an effect', async () => {
    const { host, port, pathname, search } = new URL(await uploadUrl())
    const socket = connect(Number(port), '127.0.0.1')
    await once(socket, 'connect')
    const wanted = simulator.waitForRequest(({ endpoint }) => endpoint === 'put')
    socket.write(
      `PUT ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 9\r\n\r\n%PDF`,
      () => {
        socket.destroy()
      },
    )
    expect(await wanted).toMatchObject({ complete: false, status: null })
    expect(simulator.appointment('acme', 'A1').artefacts[0]?.putCount).toBe(0)
  })

  it('can be waited for, before and after the fact', async () => {
    const coming = simulator.waitForRequest(({ endpoint }) => endpoint === 'report')
    await submit('A3')
    expect((await coming).appointmentId).toBe('A3')
    expect((await simulator.waitForRequest(({ status }) => status === 200)).endpoint).toBe('token')
  })
})
