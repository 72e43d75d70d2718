import { describe, expect, it } from 'vitest'
import { createTraffic, type RecordedRequest, type Traffic } from '../../simulator/core/traffic.ts'

function begin(traffic: Traffic, path: string): RecordedRequest {
  return traffic.begin({
    server: 'api',
    at: 0,
    endpoint: 'unrouted',
    appointmentId: null,
    page: null,
    method: 'GET',
    path,
    query: '',
    headers: {},
    body: Buffer.alloc(0),
    bodyBytes: 0,
    remoteAddress: '127.0.0.1',
    complete: true,
  })
}

describe('waiting for a request', () => {
  it('ends at its arrival or at its answer, as asked', async () => {
    const traffic = createTraffic()
    const order: string[] = []
    const received = traffic.waitFor(() => true, { phase: 'received' }).then(() => order.push('received'))
    const answered = traffic.waitFor(() => true).then(() => order.push('answered'))
    const request = begin(traffic, '/a')
    await received
    traffic.answered(request, { status: 200, correlationId: null })
    await answered
    expect(order).toEqual(['received', 'answered'])
  })

  it('is given up when the signal aborts, before or later', async () => {
    const traffic = createTraffic()
    const controller = new AbortController()
    const waiting = traffic.waitFor(() => true, { signal: controller.signal })
    controller.abort()
    await expect(waiting).rejects.toThrow('given up')
    await expect(traffic.waitFor(() => true, { signal: controller.signal })).rejects.toThrow('given up')
  })

  it('is given up when the simulator closes', async () => {
    const traffic = createTraffic()
    const waiting = traffic.waitFor(({ path }) => path === '/never')
    begin(traffic, '/other')
    traffic.close()
    await expect(waiting).rejects.toThrow('closed')
  })
})
