import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Failure } from '../../../electron/http/outcome.ts'
import type { Journal } from '../../../electron/journal/journal.ts'
import type { ReportServer, SendParts } from '../../../electron/outbox/send-parts.ts'
import { uploadFile } from '../../../electron/outbox/upload-file.ts'
import { aRecord, aReportPlan } from '../../support/station/records.ts'
import { openTemporaryJournal } from '../../support/station/temporary-journal.ts'

const broken: Failure = {
  kind: 'network',
  outcomeKnown: true,
  status: null,
  code: 'ECONNREFUSED',
  message: 'No connection.',
  retryAfterMs: null,
  requestId: null,
  correlationId: null,
}
const ok = <T>(value: T) => ({ ok: true as const, value, correlationId: null, clockSkewMs: null })

let folder: string
let journal: Journal
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'radpost-unit-'))
  ;({ journal } = openTemporaryJournal(folder))
})
afterEach(() => {
  journal.close()
  rmSync(folder, { recursive: true, force: true })
})

const unexpected = (): Promise<never> => Promise.reject(new Error('This is not asked here.'))

/** A server that does what the test says, and a clock that it sets. */
function set(server: Partial<ReportServer>) {
  const clock = { ms: Date.UTC(2026, 10, 20) }
  const keys: string[] = []
  const backOff = () => ({ nowMs: clock.ms, attempts: 1, delayMs: () => 1_000 })
  const parts: SendParts = {
    journal,
    server: {
      getPending: unexpected,
      getAppointment: unexpected,
      upload: unexpected,
      getAttachment: unexpected,
      download: unexpected,
      submitReport: unexpected,
      createComment: unexpected,
      createUploadUrl: (_, { idempotencyKey }) => {
        keys.push(idempotencyKey)
        return Promise.resolve(
          ok({
            guid: `g-${idempotencyKey}`,
            fileName: null,
            category: null,
            uploadUrl: 'https://store.example/x',
            uploadUrlExpiresAtUtc: null,
            expiresAtMs: clock.ms + 900_000,
          }),
        )
      },
      ...server,
    },
    now: () => clock.ms,
    mustHoldLease: () => Promise.resolve(),
    bytesOf: unexpected,
    recheck: () => null,
    announce: unexpected,
    deliveredElsewhere: () => [],
    finalDiffers: 'ask',
    idempotencyKey: (values) => createHash('sha256').update(JSON.stringify(values)).digest('hex'),
    backOff,
    backOffOf: backOff,
  }
  const send = (plan = aReportPlan()) => uploadFile(parts, aRecord(), plan, 0, Buffer.from('bytes'))
  return { clock, keys, send }
}

const lost = () => Promise.resolve({ kind: 'unknown' as const, failure: { ...broken, outcomeKnown: false } })
const done = () => Promise.resolve({ kind: 'done' as const, clockSkewMs: null })

describe('uploadFile', () => {
  it('asks for no new address while the server cannot be asked whether the bytes are there', async () => {
    let reachable = false
    const shown = () =>
      Promise.resolve(
        reachable
          ? { ok: false as const, failure: { ...broken, kind: 'gone' as const } }
          : { ok: false as const, failure: broken },
      )
    const { keys, send } = set({ upload: lost, getAttachment: shown })
    expect(await send()).toMatchObject({ ok: false, happening: { type: 'waiting', reason: 'network' } })
    for (let again = 0; again < 5; again += 1) {
      expect(await send()).toMatchObject({ ok: false, happening: { type: 'waiting' } })
    }
    expect(keys).toHaveLength(1)
    reachable = true
    await send()
    expect(keys).toHaveLength(2)
    expect(new Set(keys).size).toBe(2)
  })

  it('uses the same key for the same address within fourteen minutes, and another one after them', async () => {
    const { clock, keys, send } = set({
      upload: () => Promise.resolve({ kind: 'unreachable', failure: broken }),
    })
    await send()
    clock.ms += 13 * 60_000
    await send()
    expect(new Set(keys).size).toBe(1)
    clock.ms += 2 * 60_000
    await send()
    expect(new Set(keys).size).toBe(2)
  })

  it('starts anew for another appointment, and not for the same one', async () => {
    const gone = () => Promise.resolve({ ok: false as const, failure: { ...broken, kind: 'gone' as const } })
    const { keys, send } = set({ upload: done, getAttachment: gone })
    expect(await send()).toMatchObject({ ok: true, value: { readBack: false } })
    expect(await send()).toMatchObject({ ok: true })
    expect(keys).toHaveLength(1)
    expect(await send(aReportPlan({ appointmentId: 'A100005' }))).toMatchObject({ ok: true })
    expect(keys).toHaveLength(2)
  })
})
