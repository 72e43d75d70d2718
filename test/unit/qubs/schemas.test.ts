import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  appointmentSummarySchema,
  attachmentSchema,
  commentSchema,
  readPendingPage,
  readRows,
  reportReceiptSchema,
  utcMs,
} from '../../../electron/qubs/schemas.ts'

const row = (appointmentId: string) => ({
  domain: 'acme',
  appointmentId,
  status: 'PENDING REPORTING',
  scheduledSite: 'Central Clinic',
})

describe('a page of pending appointments', () => {
  it('reads rows of both generations: numbers for strings, nulls, unknown fields, unknown status', () => {
    const old = {
      ...row('A2'),
      appointmentId: 12_345,
      patientId: 220_000,
      appointmentDate: null,
      key: 'x',
      batchSk: 7,
    }
    const odd = { ...row('A3'), status: 'SOMETHING NEW', startTime: null, priority: 'Stat!!' }
    const page = readPendingPage({ items: [row('A1'), old, odd], nextToken: null, more: 1 }, 'acme')
    expect(page?.items.map((i) => i.appointmentId)).toEqual(['A1', '12345', 'A3'])
    expect(page?.items[1]).toMatchObject({ patientId: '220000', appointmentDate: null })
    expect(page).toMatchObject({ unreadable: [], nextToken: null })
  })

  it('keeps what it cannot read apart, without its content', () => {
    const rows = [
      row('A1'),
      { ...row('A2'), status: 5 },
      { patientName: 'Jane Doe' },
      'Jane',
      null,
      row('A4'),
    ]
    const page = readPendingPage({ items: rows, nextToken: 't' }, 'acme')
    expect(page?.items.map((i) => i.appointmentId)).toEqual(['A1', 'A4'])
    expect(page?.unreadable.map((u) => u.appointmentId)).toEqual(['A2', null, null, null])
    expect(page?.unreadable[0]?.problem).toBe('has no readable status')
    expect(JSON.stringify(page?.unreadable)).not.toContain('Jane')
  })

  it('never takes a row of another domain', () => {
    const page = readPendingPage({ items: [{ ...row('A1'), domain: 'other' }] }, 'acme')
    expect(page).toMatchObject({ items: [], unreadable: [{ appointmentId: 'A1' }] })
  })

  it.each([[{}], [{ items: null }], [{ items: [], nextToken: {} }], ['x'], [null], [{ items: {} }]])(
    'is no page: %j',
    (json) => {
      expect(readPendingPage(json, 'acme')).toBeNull()
    },
  )

  it.each([
    ['', null],
    [null, null],
    [undefined, null],
    ['t', 't'],
    [7, '7'],
  ])('token %j is %j', (nextToken, expected) => {
    expect(readPendingPage({ items: [], nextToken }, 'acme')?.nextToken).toBe(expected)
  })

  it('never throws and never loses a valid row among any others', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.uniqueArray(fc.nat()), fc.nat(), (junk, ids, at) => {
        const valid = ids.map((id) => row(`A${id}`))
        const items = [...junk.slice(0, at), ...valid, ...junk.slice(at)]
        const page = readPendingPage({ items }, 'acme')
        expect(page?.items.map((i) => i.appointmentId)).toEqual(
          expect.arrayContaining(valid.map((v) => v.appointmentId)),
        )
        expect((page?.items.length ?? 0) + (page?.unreadable.length ?? 0)).toBe(items.length)
      }),
    )
  })

  it('never throws on any JSON at all', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        readPendingPage(json, 'acme')
        for (const schema of [
          attachmentSchema,
          commentSchema,
          appointmentSummarySchema,
          reportReceiptSchema,
        ]) {
          const { items, unreadable } = readRows<unknown>(schema, [json])
          expect(items.length + unreadable.length).toBe(1)
        }
      }),
    )
  })
})

describe('other answers', () => {
  it('an attachment survives optional fields of a wrong type', () => {
    const read = attachmentSchema.parse({
      guid: 'g',
      url: ['x'],
      addedBy: 'me',
      fileName: 5,
      urlExpiresAtUtc: null,
    })
    expect(read).toMatchObject({ guid: 'g', url: null, addedBy: null, fileName: '5', urlExpiresAtUtc: null })
  })

  it('a comment derives the alert from its type where the flag is missing', () => {
    expect(commentSchema.parse({ guid: 'g', commentType: 'PA' }).isAlert).toBe(true)
    expect(commentSchema.parse({ guid: 'g', commentType: 'AC', isAlert: 'yes' }).isAlert).toBe(false)
    expect(commentSchema.parse({ guid: 'g', commentType: 'AC', isAlert: true }).isAlert).toBe(true)
  })

  it('a receipt without its proof is none', () => {
    expect(reportReceiptSchema.safeParse({ reportGuid: 'g' }).success).toBe(false)
    expect(reportReceiptSchema.safeParse({ reportedAtUtc: 'x' }).success).toBe(false)
  })

  it('times are read with their zone or not at all', () => {
    expect(utcMs('2026-11-20T01:02:03Z')).toBe(Date.UTC(2026, 10, 20, 1, 2, 3))
    expect(utcMs('2026-11-20T11:02:03+10:00')).toBe(Date.UTC(2026, 10, 20, 1, 2, 3))
    expect([utcMs('2026-11-20T01:02:03'), utcMs('2026-11-20'), utcMs('soon'), utcMs(null)]).toEqual([
      null,
      null,
      null,
      null,
    ])
  })
})
