import { describe, expect, it } from 'vitest'
import { MAX_REPORT_TEXT_BYTES } from '../../../shared/document.ts'
import { isKeyTooOld, newRequest, retryWindowMs } from '../../../electron/outbox/journaled-write.ts'
import { commentBody, reportBody, uploadUrlBody, type Body } from '../../../electron/qubs/bodies.ts'
import { sampleAppointments, type FaultRuleInput } from '../../simulator/simulator.ts'
import { startPractice, valueOf, type SimulatedPractice } from './practice.ts'

/** Lines of the fault list (docs/qubs.md) that the scripted servers of the other tests do not cover end to end. */

const at = '2026-11-20T01:02:03Z'
const A1 = 'A100001'
const appointments = sampleAppointments(Date.UTC(2026, 10, 20, 1, 2, 3))

function bytesOf(body: Body): Uint8Array {
  if (!body.ok) throw new Error(body.problem.message)
  return body.bytes
}
const reportOf = (reportText: string, reportStatus: 'preliminary' | 'final' = 'preliminary') =>
  bytesOf(reportBody({ reportText, reportStatus, reportedAtUtc: at }))
const uploadOf = (fileName: string) => bytesOf(uploadUrlBody({ fileName, contentType: 'application/pdf' }))
const report = { body: reportOf('Clear.'), idempotencyKey: 'k1' }
const final = { body: reportOf('Clear.', 'final'), idempotencyKey: 'k1' }
const effects = ({ simulator }: SimulatedPractice, id = A1): number =>
  simulator.appointment('acme', id).reports.length

describe('token faults', () => {
  it('a token that ends in the middle of a list is renewed once, and the list comes whole', async () => {
    const practice = await startPractice({ appointments, maxPageSize: 100 })
    await practice.client.listPendingPage({ pageSize: 1 })
    practice.simulator.fault({ endpoint: 'pending', fault: { kind: 'expire-tokens' } })
    expect(valueOf(await practice.client.listAllPending()).items).toHaveLength(12)
    expect(practice.simulator.requests(({ endpoint }) => endpoint === 'token')).toHaveLength(2)
  })

  it.each(['missing', 'text', 'negative'] as const)(
    'expires_in that is %s still gives a token that works',
    async (expiresIn) => {
      const { client } = await startPractice({ appointments, expiresIn })
      expect(valueOf(await client.listAllPending()).items).toHaveLength(12)
    },
  )

  it('a token host that throttles, with and without Retry-After, is waited for', async () => {
    const { client, simulator, waits } = await startPractice({ appointments })
    simulator.fault({ endpoint: 'token', fault: { kind: 'throttle', retryAfter: { seconds: 7 } } })
    simulator.fault({ endpoint: 'token', fault: { kind: 'throttle' } })
    expect(valueOf(await client.listAllPending()).items).toHaveLength(12)
    expect(waits).toHaveLength(2)
    expect(waits[0]).toBeGreaterThanOrEqual(7_000)
    expect(waits[1]).toBeLessThan(7_000)
  })
})

describe('list faults', () => {
  const pages = (
    page: number,
    kind: 'empty-page' | 'duplicate-row' | 'old-rows' | 'unknown-status' | 'unreadable-row',
  ): FaultRuleInput => ({
    endpoint: 'pending',
    page,
    fault: { kind },
  })

  it.each([
    ['an empty page with a token', pages(2, 'empty-page'), 0],
    ['a row that comes twice', pages(2, 'duplicate-row'), 0],
    ['rows of the older generation', pages(1, 'old-rows'), 0],
    ['a status that nobody knows', pages(1, 'unknown-status'), 0],
    ['a row that cannot be read', pages(1, 'unreadable-row'), 1],
  ] as const)('%s costs no row', async (_name, rule, unreadable) => {
    // With 1,010 rows the list has three pages of the largest size.
    const many = Array.from({ length: 998 }, () => ({ appointmentDate: null, startTime: null }))
    const { client, simulator } = await startPractice({ appointments: [...appointments, ...many] })
    simulator.fault(rule)
    const whole = valueOf(await client.listAllPending())
    expect(new Set(whole.items.map((row) => row.appointmentId)).size).toBe(1_010)
    expect(whole.items).toHaveLength(1_010)
    expect(whole.unreadable).toHaveLength(unreadable)
  })

  it('a list without a cursor that is too long to be read is a failure that says how to narrow it', async () => {
    const { client } = await startPractice({
      appointments: Array.from({ length: 10_500 }, (_, n) => ({
        appointmentId: `L${n}`,
        scheduledSite: n < 3 ? 'North' : 'Central',
      })),
    })
    const result = await client.listAllAppointments()
    expect(result).toMatchObject({ failure: { kind: 'validation', code: 'too-many-rows' } })
    expect(!result.ok && result.failure.message).toMatch(/name a date or a site/)
    expect(valueOf(await client.listAllAppointments({ scheduledSite: 'North' })).items).toHaveLength(3)
  })
})

describe('report faults', () => {
  it('a lost answer, then the same bytes with the same key, give one report', async () => {
    const practice = await startPractice({ appointments })
    practice.simulator.fault({ endpoint: 'report', fault: { kind: 'cut-answer' } })
    expect(await practice.client.submitReport(A1, report)).toMatchObject({ failure: { outcomeKnown: false } })
    expect(valueOf(await practice.client.submitReport(A1, report)).reportStatus).toBe('preliminary')
    expect(effects(practice)).toBe(1)
  })

  it('a lost answer, then 404 because the study has left, is told apart by its status', async () => {
    const practice = await startPractice({ appointments })
    practice.simulator.fault({ endpoint: 'report', fault: { kind: 'reset-after' } })
    expect(await practice.client.submitReport(A1, final)).toMatchObject({ failure: { outcomeKnown: false } })
    const again = await practice.client.submitReport(A1, { ...final, idempotencyKey: 'k2' })
    expect(again).toMatchObject({ failure: { kind: 'gone' } })
    expect(valueOf(await practice.client.getAppointment(A1)).status).toBe('FINALISED')
    expect(effects(practice)).toBe(1)
  })

  it('409 for another payload under the same key is a conflict, and the first report stays', async () => {
    const practice = await startPractice({ appointments })
    valueOf(await practice.client.submitReport(A1, report))
    const other = { ...report, body: reportOf('Something else.') }
    expect(await practice.client.submitReport(A1, other)).toMatchObject({
      failure: { kind: 'conflict', status: 409 },
    })
    expect(practice.simulator.appointment('acme', A1).currentReport?.reportText).toBe('Clear.')
  })

  it('409 while the first is in progress, then 200, is one report', async () => {
    const practice = await startPractice({ appointments })
    practice.simulator.fault({ endpoint: 'report', fault: { kind: 'in-progress' } })
    expect(await practice.client.submitReport(A1, report)).toMatchObject({ failure: { kind: 'conflict' } })
    valueOf(await practice.client.submitReport(A1, report))
    expect(effects(practice)).toBe(1)
  })

  it('exactly 2,097,152 bytes are taken, and one more never leaves', async () => {
    const practice = await startPractice({ appointments })
    const most = 'é'.repeat(MAX_REPORT_TEXT_BYTES / 2)
    valueOf(await practice.client.submitReport(A1, { body: reportOf(most), idempotencyKey: 'k' }))
    expect(practice.simulator.appointment('acme', A1).currentReport?.reportText).toBe(most)
    expect(reportBody({ reportText: `${most}a`, reportStatus: 'final', reportedAtUtc: at })).toMatchObject({
      ok: false,
    })
  })

  it('a key is not repeated once the server may have forgotten it: after 24 h it would be a second report', async () => {
    const practice = await startPractice({ appointments })
    const startMs = practice.clock.nowMs
    const fresh = newRequest({
      ...report,
      deliveryId: 'd',
      step: 'report',
      generation: 1,
      generationLimit: 1,
    })
    const request = { ...fresh, maybeTakenSinceMs: startMs }
    valueOf(await practice.client.submitReport(A1, report))
    practice.clock.nowMs = startMs + retryWindowMs.report
    expect(isKeyTooOld(request, practice.clock.nowMs, retryWindowMs.report)).toBe(false)
    valueOf(await practice.client.submitReport(A1, report))
    expect(effects(practice)).toBe(1)
    practice.clock.nowMs = startMs + 24 * 3_600_000
    expect(isKeyTooOld(request, practice.clock.nowMs, retryWindowMs.report)).toBe(true)
    valueOf(await practice.client.submitReport(A1, report))
    expect(effects(practice)).toBe(2)
  })

  it('a study that somebody else finished first is gone, and nothing was written', async () => {
    const practice = await startPractice({ appointments })
    practice.simulator.fault({ endpoint: 'report', fault: { kind: 'change-status', status: 'FINALISED' } })
    expect(await practice.client.submitReport(A1, final)).toMatchObject({
      failure: { kind: 'gone', outcomeKnown: true },
    })
    expect(effects(practice)).toBe(0)
  })

  it.each([400, 413, 415, 422])('a refusal with %i is final and says why', async (status) => {
    const practice = await startPractice({ appointments })
    const errors = { reportStatus: ['Is not known.'] }
    practice.simulator.fault({ endpoint: 'report', fault: { kind: 'problem', status, errors } })
    const result = await practice.client.submitReport(A1, report)
    expect(result).toMatchObject({ failure: { kind: 'validation', outcomeKnown: true, status } })
    expect(!result.ok && result.failure.message).toContain('reportStatus: Is not known.')
    expect(practice.waits).toEqual([])
  })
})

describe('upload faults', () => {
  const bytes = Buffer.from('%PDF-1.7\n%%EOF\n')
  const put = (url: string, contentType: 'application/pdf' | 'application/dicom' = 'application/pdf') => ({
    url,
    bytes,
    contentType,
  })

  async function target({ client }: SimulatedPractice, key = 'u1'): Promise<string> {
    const made = await client.createUploadUrl(A1, { body: uploadOf('a.pdf'), idempotencyKey: key })
    return valueOf(made).uploadUrl
  }

  it('another Content-Type than the one asked for is refused by the signature', async () => {
    const practice = await startPractice({ appointments })
    expect(await practice.client.upload(put(await target(practice), 'application/dicom'))).toMatchObject({
      kind: 'refused',
      failure: { code: 'SignatureDoesNotMatch' },
    })
  })

  it('an address replayed at minute 14 is nearly dead, and one past its end is expired', async () => {
    const practice = await startPractice({ appointments })
    const first = await target(practice)
    practice.clock.nowMs += 14 * 60_000
    const again = valueOf(
      await practice.client.createUploadUrl(A1, { body: uploadOf('a.pdf'), idempotencyKey: 'u1' }),
    )
    expect(again.uploadUrl).toBe(first)
    expect((again.expiresAtMs ?? 0) - practice.clock.nowMs).toBe(60_000)
    practice.clock.nowMs += 60_000
    expect(await practice.client.upload(put(first))).toMatchObject({ kind: 'expired' })
    expect(await target(practice, 'u2')).not.toBe(first)
  })

  it.each([
    ['expired-token', 'expired'],
    ['expired-url', 'expired'],
    ['slow-down', 'slow-down'],
    ['reset-after', 'unknown'],
  ] as const)('%s of the storage is %s', async (kind, outcome) => {
    const practice = await startPractice({ appointments })
    const url = await target(practice)
    practice.simulator.fault({ endpoint: 'put', fault: { kind } })
    expect(await practice.client.upload(put(url))).toMatchObject({ kind: outcome })
  })

  it('two files of one name are two attachments, each with its own address', async () => {
    const practice = await startPractice({ appointments })
    const urls = [await target(practice, 'u1'), await target(practice, 'u2')]
    for (const url of urls) expect(await practice.client.upload(put(url))).toMatchObject({ kind: 'done' })
    const { artefacts } = practice.simulator.appointment('acme', A1)
    expect(artefacts.map(({ fileName, putCount }) => [fileName, putCount])).toEqual([
      ['a.pdf', 1],
      ['a.pdf', 1],
    ])
  })

  it('a clock that is 20 min wrong shows as skew, by which the end of an address is judged', async () => {
    const practice = await startPractice({ appointments })
    practice.simulator.fault({ endpoint: '*', fault: { kind: 'date-skew', minutes: 20 }, times: 'always' })
    const made = await practice.client.createUploadUrl(A1, { body: uploadOf('a.pdf'), idempotencyKey: 'u1' })
    // The Date header has whole seconds.
    expect(made.ok && Math.round((made.clockSkewMs ?? 0) / 60_000)).toBe(20)
  })
})

describe('comment faults', () => {
  const comment = (commentType: 'AC' | 'AA' | 'PC' | 'PA') =>
    bytesOf(commentBody({ commentText: 'Call me', commentType, commentDateTime: at }))

  it('pressing twice makes one comment', async () => {
    const { client, simulator } = await startPractice({ appointments: [{ appointmentId: 'A1' }] })
    const write = { body: comment('AC'), idempotencyKey: 'k' }
    simulator.fault({ endpoint: 'comment-create', fault: { kind: 'reset-after' } })
    await client.createComment('A1', write)
    valueOf(await client.createComment('A1', write))
    expect(simulator.appointment('acme', 'A1').comments).toHaveLength(1)
  })

  it('one about the patient is shown at every study of that patient, and said to be', async () => {
    const { client } = await startPractice({ appointments })
    valueOf(await client.createComment('A100001', { body: comment('PA'), idempotencyKey: 'k' }))
    const { items } = valueOf(await client.listComments('A100002'))
    expect(items.find((c) => c.commentType === 'PA')).toMatchObject({ isAlert: true, appointmentId: '' })
  })

  it('a blank one is refused here, and by the server where it gets there', async () => {
    const { client, simulator } = await startPractice({ appointments: [{ appointmentId: 'A1' }] })
    expect(commentBody({ commentText: ' \n', commentType: 'AC', commentDateTime: at })).toMatchObject({
      ok: false,
    })
    const blank = new TextEncoder().encode('{"commentText":" ","commentType":"AC","isAlert":true}')
    const result = await client.createComment('A1', { body: blank, idempotencyKey: 'k' })
    expect(result).toMatchObject({ failure: { kind: 'validation', status: 400 } })
    expect(simulator.appointment('acme', 'A1').comments).toEqual([])
  })
})
