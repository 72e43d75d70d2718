import { describe, expect, it } from 'vitest'
import { jsonAnswer, type Answer } from '../../simulator/core/answer.ts'
import type { ReceivedRequest } from '../../simulator/core/received-request.ts'
import { createIdempotency } from '../../simulator/qubs/idempotency.ts'
import { problemAnswer } from '../../simulator/qubs/problem.ts'
import { switchesSchema } from '../../simulator/switches.ts'

const request: ReceivedRequest = {
  method: 'POST',
  path: '/integrations/v1/acme/reporting/appointments/A1/report',
  query: '',
  headers: { 'idempotency-key': 'key-1' },
  body: Buffer.from('{}'),
  bodyBytes: 2,
  remoteAddress: '127.0.0.1',
  complete: true,
}

const idempotency = () =>
  createIdempotency(
    switchesSchema.parse({}),
    () => 0,
    (problem) => problemAnswer(problem, 'r'),
  )

describe('an Idempotency-Key', () => {
  it('conflicts while the first request is being worked on, then replays it', async () => {
    const keys = idempotency()
    const working = Promise.withResolvers<Answer>()
    const first = keys.once('report', request, () => working.promise)
    const second = keys.once('report', request, async () => jsonAnswer(200, 'second'))
    await expect(second).rejects.toMatchObject({ status: 409, message: expect.stringContaining('still') })
    working.resolve(jsonAnswer(200, 'first'))
    await first
    expect((await keys.once('report', request, () => second)).body.toString()).toBe('"first"')
  })

  it('is free again when the work failed for no reason of the client', async () => {
    const keys = idempotency()
    await expect(keys.once('report', request, () => Promise.reject(new Error('disk')))).rejects.toThrow(
      'disk',
    )
    expect((await keys.once('report', request, async () => jsonAnswer(200, 'now'))).status).toBe(200)
  })
})
