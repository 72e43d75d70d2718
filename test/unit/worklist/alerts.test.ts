import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { pendingAppointment, type AppointmentKey } from '../../../shared/worklist.ts'
import { local } from '../../../electron/http/local-failure.ts'
import {
  createAlertBook,
  FAILED_PAUSE_MS,
  GAP_MS,
  MOST_LOOKED_AT,
  RENEW_AFTER_MS,
  type AlertBook,
  type ReadComments,
} from '../../../electron/worklist/alerts.ts'

const row = (appointmentId: string, more: object = {}) =>
  pendingAppointment.parse({
    domain: 'acme',
    appointmentId,
    status: 'PENDING REPORTING',
    scheduledSite: 'Central Clinic',
    ...more,
  })
const key = (appointmentId: string): AppointmentKey => ({ domain: 'acme', appointmentId })
const comments = (alerts: number, unreadable = 0) => ({
  items: [{ isAlert: false }, ...Array.from({ length: alerts }, () => ({ isAlert: true }))],
  unreadable: Array.from({ length: unreadable }, () => ({ appointmentId: null, problem: 'cannot be read' })),
})
type Answer = Awaited<ReturnType<ReadComments>>
const answer = (alerts: number, unreadable = 0): Answer => ({
  ok: true,
  value: comments(alerts, unreadable),
  correlationId: null,
  clockSkewMs: null,
})
const failure = (
  kind: 'server' | 'throttled' | 'gone' | 'auth',
  retryAfterMs: number | null = null,
): Answer => ({
  ok: false,
  failure: { ...local(kind, 'x', 'No.'), retryAfterMs },
})

let book: AlertBook
let asked: string[]
let changes: number
let answers: Map<string, Answer>

beforeEach(() => {
  vi.useFakeTimers()
  asked = []
  changes = 0
  answers = new Map()
  book = createAlertBook({
    read: ({ appointmentId }) => {
      asked.push(appointmentId)
      return Promise.resolve(answers.get(appointmentId) ?? answer(0))
    },
    now: Date.now,
    onChange: () => (changes += 1),
  })
})
afterEach(() => {
  book.stop()
  vi.useRealTimers()
})

describe('alerts of pending studies', () => {
  it('are looked up one after the other, the most pressing first, while somebody looks', async () => {
    answers.set('A2', answer(2))
    book.follow([row('A1'), row('A2'), row('A3')])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked).toEqual([])
    book.watch(true)
    await vi.advanceTimersByTimeAsync(0)
    expect(asked).toEqual(['A1'])
    await vi.advanceTimersByTimeAsync(GAP_MS)
    expect(asked).toEqual(['A1', 'A2'])
    expect(book.known()).toEqual({ alerts: [{ ...key('A2'), count: 2 }], noAlerts: [key('A1')] })
    book.watch(false)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked).toEqual(['A1', 'A2'])
    expect(changes).toBe(2)
  })

  it('are asked for once, again after a while, and at once when the study changes', async () => {
    answers.set('A1', answer(1))
    book.follow([row('A1')])
    book.watch(true)
    await vi.advanceTimersByTimeAsync(RENEW_AFTER_MS - 1)
    book.follow([row('A1')])
    await vi.advanceTimersByTimeAsync(0)
    expect(asked).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(GAP_MS)
    expect(asked).toHaveLength(2)
    answers.set('A1', answer(0))
    book.follow([row('A1', { priority: 'STAT' })])
    // What was seen stays until it was looked at again.
    expect(book.known().alerts).toEqual([{ ...key('A1'), count: 1 }])
    await vi.advanceTimersByTimeAsync(GAP_MS)
    expect(asked).toHaveLength(3)
    expect(book.known()).toEqual({ alerts: [], noAlerts: [key('A1')] })
  })

  it('that could not be read are not looked at: never none, and the server is left alone', async () => {
    answers.set('A1', failure('throttled', 3 * FAILED_PAUSE_MS))
    book.follow([row('A1'), row('A2')])
    book.watch(true)
    await vi.advanceTimersByTimeAsync(3 * FAILED_PAUSE_MS - 1)
    expect(asked).toEqual(['A1'])
    expect(book.known()).toEqual({ alerts: [], noAlerts: [] })
    answers.set('A1', answer(0))
    await vi.advanceTimersByTimeAsync(2 * GAP_MS)
    expect(asked).toEqual(['A1', 'A1', 'A2'])
    expect(book.known().noAlerts).toEqual([key('A1'), key('A2')])
  })

  it('of one practice are looked up while another one cannot be asked', async () => {
    answers.set('A1', failure('auth'))
    answers.set('A2', failure('auth'))
    answers.set('B1', answer(1))
    const other = { domain: 'other' }
    book.follow([row('A1'), row('A2'), row('B1', other), row('B2', other)])
    book.watch(true)
    await vi.advanceTimersByTimeAsync(3 * GAP_MS)
    expect(asked).toEqual(['A1', 'B1', 'B2'])
    expect(book.known()).toEqual({
      alerts: [{ ...other, appointmentId: 'B1', count: 1 }],
      noAlerts: [{ ...other, appointmentId: 'B2' }],
    })
  })

  it('that there were none is forgotten when it cannot be confirmed; an alert is not', async () => {
    answers.set('A2', answer(1))
    book.follow([row('A1'), row('A2')])
    book.watch(true)
    await vi.advanceTimersByTimeAsync(2 * GAP_MS)
    for (const id of ['A1', 'A2']) answers.set(id, failure('server'))
    await vi.advanceTimersByTimeAsync(RENEW_AFTER_MS + 3 * FAILED_PAUSE_MS)
    expect(book.known()).toEqual({ alerts: [{ ...key('A2'), count: 1 }], noAlerts: [] })
  })

  it('may be in a comment that could not be read', async () => {
    answers.set('A1', answer(0, 1))
    answers.set('A2', answer(1, 1))
    book.follow([row('A1'), row('A2')])
    book.watch(true)
    await vi.advanceTimersByTimeAsync(2 * GAP_MS)
    expect(book.known()).toEqual({ alerts: [{ ...key('A2'), count: 1 }], noAlerts: [] })
  })

  it('of a study that has just left hold up no other', async () => {
    answers.set('A1', failure('gone'))
    book.follow([row('A1'), row('A2')])
    book.watch(true)
    await vi.advanceTimersByTimeAsync(GAP_MS)
    expect(asked).toEqual(['A1', 'A2'])
  })

  it('are taken from the study that was opened, and asked for no more', async () => {
    book.follow([row('A1')])
    book.note(key('A1'), comments(1))
    book.note(key('A9'), comments(1))
    book.watch(true)
    await vi.advanceTimersByTimeAsync(10 * GAP_MS)
    expect(asked).toEqual([])
    expect(book.known().alerts).toEqual([{ ...key('A1'), count: 1 }])
  })

  it('of a long list are those of the most pressing studies, and of no study that has gone', async () => {
    const many = Array.from({ length: 1_000 }, (_, n) => row(`A${n}`))
    book.follow(many)
    book.watch(true)
    await vi.advanceTimersByTimeAsync(500 * GAP_MS)
    expect(asked).toHaveLength(MOST_LOOKED_AT)
    expect(book.known().noAlerts).toHaveLength(MOST_LOOKED_AT)
    book.follow(many.slice(0, 3))
    expect(book.known().noAlerts).toHaveLength(3)
  })

  it('that come after the end are not told', async () => {
    book.follow([row('A1')])
    book.watch(true)
    book.stop()
    await vi.advanceTimersByTimeAsync(10 * GAP_MS)
    expect([asked.length, changes]).toEqual([1, 0])
  })
})
