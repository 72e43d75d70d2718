import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  appointmentOf,
  chooseNext,
  inSendingOrder,
  PARALLEL_APPOINTMENTS,
} from '../../../electron/outbox/schedule.ts'
import type { DeliveryRecord } from '../../../electron/journal/records.ts'
import { aRecord, aReportPlan } from '../../support/station/records.ts'

const states = fc.constantFrom<DeliveryRecord['state']>(
  { state: 'queued' },
  { state: 'sending' },
  { state: 'waiting', reason: 'network', message: '', nextTryAtMs: 0 },
)

const open: fc.Arbitrary<{ records: DeliveryRecord[]; active: Set<string> }> = fc
  .array(
    fc.record({
      appointment: fc.integer({ min: 0, max: 6 }),
      minute: fc.integer({ min: 0, max: 5 }),
      final: fc.boolean(),
      state: states,
      size: fc.integer({ min: 1, max: 9 }),
      active: fc.boolean(),
    }),
    { maxLength: 20 },
  )
  .map((rows) => {
    const records = rows.map(({ appointment, minute, final, state, size }, index) =>
      aRecord({
        id: `d${index}`,
        seq: index + 1,
        sizeBytes: size,
        state,
        plan: aReportPlan({
          appointmentId: `A${appointment}`,
          reportedAtUtc: `2026-11-19T01:0${minute}:00Z`,
          status: final ? 'final' : 'preliminary',
        }),
      }),
    )
    // One worker an appointment at most, and only where something is being sent.
    const active = new Map<string, string>()
    for (const [index, row] of rows.entries()) if (row.active) active.set(`A${row.appointment}`, `d${index}`)
    return { records, active: new Set([...active.values()].slice(0, PARALLEL_APPOINTMENTS)) }
  })

describe('chooseNext', () => {
  it('sends strictly in order within an appointment, side by side across, and never more than the limit', () => {
    fc.assert(
      fc.property(open, ({ records, active }) => {
        const chosen = chooseNext(records, active)
        const busy = new Set(records.filter(({ id }) => active.has(id)).map(appointmentOf))
        expect(chosen.length + busy.size).toBeLessThanOrEqual(Math.max(PARALLEL_APPOINTMENTS, busy.size))
        expect(new Set(chosen.map(appointmentOf)).size).toBe(chosen.length)
        for (const record of chosen) {
          expect(busy.has(appointmentOf(record))).toBe(false)
          expect(record.state.state).not.toBe('waiting')
          const line = records.filter((other) => appointmentOf(other) === appointmentOf(record))
          expect(line.every((other) => other === record || inSendingOrder(record, other) < 0)).toBe(true)
        }
        const sizes = chosen.map(({ sizeBytes }) => sizeBytes ?? 0)
        expect(sizes).toEqual(sizes.toSorted((a, b) => a - b))
      }),
    )
  })

  it('leaves no place empty while an appointment could be served', () => {
    fc.assert(
      fc.property(open, ({ records, active }) => {
        const chosen = new Set(chooseNext(records, active).map(appointmentOf))
        const busy = new Set(records.filter(({ id }) => active.has(id)).map(appointmentOf))
        const servable = [...new Set(records.map(appointmentOf))].filter((appointment) => {
          const [first] = records
            .filter((record) => appointmentOf(record) === appointment)
            .toSorted(inSendingOrder)
          return !busy.has(appointment) && first?.state.state !== 'waiting'
        })
        expect(chosen.size).toBe(Math.min(servable.length, Math.max(0, PARALLEL_APPOINTMENTS - busy.size)))
      }),
    )
  })
})
