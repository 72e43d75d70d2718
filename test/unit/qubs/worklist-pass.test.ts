import { describe, expect, it } from 'vitest'
import { pendingAppointment } from '../../../shared/worklist.ts'
import type { Result } from '../../../electron/http/outcome.ts'
import { local } from '../../../electron/http/local-failure.ts'
import type { PendingPage, Rows } from '../../../electron/qubs/schemas.ts'
import {
  MAX_PAGES,
  MAX_SKIP,
  MAX_TAKE,
  readWholeList,
  readWholeOffsetList,
} from '../../../electron/qubs/worklist-pass.ts'

const item = (appointmentId: string, priority = 'Routine') =>
  pendingAppointment.parse({
    domain: 'acme',
    appointmentId,
    status: 'PENDING REPORTING',
    scheduledSite: 'C',
    priority,
  })
const page = (part: Partial<PendingPage>): Result<PendingPage> => ({
  ok: true,
  value: { items: [], unreadable: [], nextToken: null, ...part },
  correlationId: 'c',
  clockSkewMs: 5,
})

function pages(list: Readonly<Record<string, Result<PendingPage>>>) {
  const asked: (string | null)[] = []
  const read = (token: string | null): Promise<Result<PendingPage>> => {
    asked.push(token)
    return Promise.resolve(list[token ?? 'first'] ?? page({}))
  }
  return { asked, read }
}

describe('a complete pass', () => {
  it('goes on after an empty page with a token, and takes each appointment once, the later row', async () => {
    const { asked, read } = pages({
      first: page({ items: [item('A1'), item('A2')], nextToken: 'p2' }),
      p2: page({ nextToken: 'p3' }),
      p3: page({ items: [item('A2', 'Stat'), item('A3')] }),
    })
    const result = await readWholeList(read)
    expect(asked).toEqual([null, 'p2', 'p3'])
    expect(result).toMatchObject({ ok: true, clockSkewMs: 5, value: { pages: 3, unreadable: [] } })
    expect(result.ok && result.value.items.map((i) => [i.appointmentId, i.priority])).toEqual([
      ['A1', 'Routine'],
      ['A2', 'Stat'],
      ['A3', 'Routine'],
    ])
  })

  it('is a failure when page 3 fails', async () => {
    const { read } = pages({
      first: page({ items: [item('A1')], nextToken: 'p2' }),
      p2: page({ nextToken: 'p3' }),
      p3: { ok: false, failure: local('server', 'x', 'Page 3.') },
    })
    expect(await readWholeList(read)).toMatchObject({
      ok: false,
      failure: { kind: 'server', message: 'Page 3.' },
    })
  })

  it('is a failure when a token comes again', async () => {
    const { read, asked } = pages({
      first: page({ nextToken: 'a' }),
      a: page({ nextToken: 'b' }),
      b: page({ nextToken: 'a' }),
    })
    expect(await readWholeList(read)).toMatchObject({ ok: false, failure: { code: 'repeated-token' } })
    expect(asked).toHaveLength(3)
  })

  it('is a failure when it never ends', async () => {
    let asked = 0
    const result = await readWholeList(() => {
      asked += 1
      return Promise.resolve(page({ nextToken: `t${asked}` }))
    })
    expect(result).toMatchObject({ ok: false, failure: { code: 'too-many-pages' } })
    expect(asked).toBe(MAX_PAGES)
  })

  it('counts an unreadable row once, and not at all when the appointment could be read elsewhere', async () => {
    const bad = (appointmentId: string | null) => ({ appointmentId, problem: 'cannot be read' })
    const { read } = pages({
      first: page({ unreadable: [bad('A1'), bad('A2'), bad(null)], nextToken: 'p2' }),
      p2: page({ items: [item('A1')], unreadable: [bad('A2'), bad(null)] }),
    })
    expect(await readWholeList(read)).toMatchObject({
      value: { unreadable: [bad('A2'), bad(null), bad(null)] },
    })
  })
})

describe('a complete pass of a list without a cursor', () => {
  const numbered = (from: number, count: number) =>
    Array.from({ length: count }, (_, n) => item(`A${from + n}`))
  type Part = Result<Rows<ReturnType<typeof item>>>
  const part = (items: ReturnType<typeof item>[], bad = 0): Part => ({
    ok: true,
    value: { items, unreadable: Array.from({ length: bad }, () => ({ appointmentId: null, problem: 'x' })) },
    correlationId: null,
    clockSkewMs: null,
  })

  it('ends with the first part that is not full; rows that cannot be read count as rows', async () => {
    const asked: number[] = []
    const result = await readWholeOffsetList((skip, take) => {
      asked.push(skip)
      return Promise.resolve(skip === 0 ? part(numbered(0, take - 1), 1) : part(numbered(take, 3)))
    })
    expect(asked).toEqual([0, MAX_TAKE])
    expect(result).toMatchObject({ ok: true, value: { pages: 2, unreadable: [{ problem: 'x' }] } })
    expect(result.ok && result.value.items).toHaveLength(MAX_TAKE + 2)
  })

  it('is a failure when a part fails, or comes twice', async () => {
    const failing = await readWholeOffsetList((skip, take) =>
      Promise.resolve<Part>(
        skip === 0 ? part(numbered(0, take)) : { ok: false, failure: local('server', 'x', 'Part 2.') },
      ),
    )
    expect(failing).toMatchObject({ ok: false, failure: { message: 'Part 2.' } })
    const repeated = await readWholeOffsetList((_, take) => Promise.resolve(part(numbered(0, take))))
    expect(repeated).toMatchObject({ ok: false, failure: { code: 'repeated-page' } })
  })

  it('never asks beyond the last row that can be read, and says so', async () => {
    const asked: number[] = []
    const result = await readWholeOffsetList((skip, take) => {
      asked.push(skip)
      return Promise.resolve(part(numbered(skip, take)))
    })
    expect(result).toMatchObject({ ok: false, failure: { kind: 'validation', code: 'too-many-rows' } })
    expect(Math.max(...asked)).toBe(MAX_SKIP)
  })
})
