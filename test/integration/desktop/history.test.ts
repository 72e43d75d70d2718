import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CallArgs, DeliveryItem } from '../../../shared/ipc.ts'
import { sampleAppointments, startSimulator, type Simulator } from '../../simulator/simulator.ts'
import { createDeskBench, type DeskBench } from '../../support/desktop/desk-bench.ts'
import { writeReportPdf } from '../../support/pdf/write-report-pdf.ts'
import { pdfReport } from '../../support/station/sample-reports.ts'

/** What was sent and found again, the trail that proves it, critical results, and the cover over the window. */

let simulator: Simulator
let bench: DeskBench

beforeEach(async () => {
  simulator = await startSimulator({ appointments: sampleAppointments(Date.now()) })
  bench = await createDeskBench()
  await bench.connect(simulator)
  await bench.until(
    () => bench.result('station.status', {}),
    ({ practices }) => practices[0]?.connection === 'connected',
  )
})
afterEach(async () => {
  await bench.remove()
  await simulator.close()
  if (bench.bugs.length > 0) throw bench.bugs[0]
})

const study = (id: string) => simulator.appointment('acme', id)

async function deliveryOf(file: string, state: DeliveryItem['state']): Promise<DeliveryItem> {
  const list = await bench.until(
    () => bench.result('deliveries.list', { limit: 100 }),
    (items) => items.some((item) => item.file === file && item.state === state),
  )
  const found = list.find((item) => item.file === file && item.state === state)
  if (found === undefined) throw new Error('It was there a moment ago.')
  return found
}

async function deliver(file: string, id: string): Promise<DeliveryItem> {
  await bench.put(file, await pdfReport(study(id)))
  return deliveryOf(file, 'delivered')
}

const everything: CallArgs<'history.search'> = {
  text: '',
  from: null,
  to: null,
  status: null,
  kind: null,
  result: null,
  offset: 0,
  limit: 50,
}
const found = async (part: Partial<CallArgs<'history.search'>>): Promise<readonly string[]> =>
  (await bench.result('history.search', { ...everything, ...part })).items.map(({ file }) => file)

const linesOf = async (
  path: string,
): Promise<{ seq: number; id?: string; what: string; reason?: string }[]> =>
  (await readFile(path, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('the history', () => {
  it('finds what was sent by study, patient, day, status and outcome, newest first and by pages', async () => {
    await deliver('first.pdf', 'A100005')
    await deliver('second.pdf', 'A100006')
    await bench.put('nobody.pdf', await writeReportPdf({ lines: ['Nothing is named here.'] }))
    await deliveryOf('nobody.pdf', 'held')

    expect(await found({})).toEqual(['nobody.pdf', 'second.pdf', 'first.pdf'])
    expect(await found({ text: 'a100005' })).toEqual(['first.pdf'])
    const { lastName } = study('A100006')
    if (typeof lastName !== 'string') throw new Error('The sample has a name.')
    expect(await found({ text: `${lastName.toUpperCase()} second` })).toEqual(['second.pdf'])
    expect(await found({ text: lastName })).toEqual(['second.pdf'])
    expect(await found({ result: 'delivered' })).toEqual(['second.pdf', 'first.pdf'])
    expect(await found({ result: 'open' })).toEqual(['nobody.pdf'])
    expect(await found({ status: 'final' })).toEqual([])
    const now = Date.now()
    expect(await found({ to: new Date(now - 3_600_000).toISOString() })).toEqual([])
    expect(await found({ from: new Date(now - 3_600_000).toISOString(), kind: 'pdf' })).toHaveLength(3)
    const page = await bench.result('history.search', { ...everything, offset: 1, limit: 1 })
    expect(page).toMatchObject({ total: 3, items: [{ file: 'second.pdf' }] })
  })

  it('tells the trail of one report in order, and proves the whole chain', async () => {
    const { id } = await deliver('first.pdf', 'A100005')
    const trail = await bench.result('history.trail', { id })
    expect(trail.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['seen', 'settled', 'recognised', 'planned', 'attempt', 'answer', 'delivered']),
    )
    expect(trail.map(({ seq }) => seq)).toEqual(trail.map(({ seq }) => seq).toSorted((a, b) => a - b))
    expect(trail.at(-1)?.facts).toContainEqual({ name: 'appointmentId', value: 'A100005' })
    expect(await bench.result('history.verify', {})).toMatchObject({ fault: null })
    expect(await bench.call('history.trail', { id: 'nothing' })).toMatchObject({ code: 'not-found' })
  })

  it('exports one report or a time, with people’s words only where that is asked for', async () => {
    const { id } = await deliver('first.pdf', 'A100005')
    const other = await deliver('second.pdf', 'A100006')
    await bench.put('nobody.pdf', await writeReportPdf({ lines: ['Nothing is named here.'] }))
    const held = await deliveryOf('nobody.pdf', 'held')
    await bench.result('deliveries.discard', { id: held.id, by: 'Dr Ada', reason: 'Ms Smith is elsewhere' })

    const one = join(bench.folder, 'one.jsonl')
    bench.savePaths.push(one)
    const what = { kind: 'report', id } as const
    const saved = await bench.result('history.export', { what, withWords: false })
    const lines = await linesOf(one)
    expect(saved).toEqual({ saved: true, entries: lines.length })
    expect(new Set(lines.map((line) => line.id))).toEqual(new Set([id]))
    expect(bench.proposed.at(-1)).toMatch(/^radpost-audit-\d{4}-\d{2}-\d{2}\.jsonl$/u)

    const range = {
      kind: 'range',
      from: new Date(Date.now() - 3_600_000).toISOString(),
      to: new Date(Date.now() + 3_600_000).toISOString(),
    } as const
    const plain = join(bench.folder, 'plain.jsonl')
    const worded = join(bench.folder, 'worded.jsonl')
    bench.savePaths.push(plain, worded)
    await bench.result('history.export', { what: range, withWords: false })
    await bench.result('history.export', { what: range, withWords: true })
    expect((await linesOf(plain)).some((line) => line.id === other.id)).toBe(true)
    expect(await readFile(plain, 'utf8')).not.toMatch(/Smith|sealed/u)
    expect((await linesOf(worded)).find(({ reason }) => reason === 'Ms Smith is elsewhere')).toBeDefined()

    const none = { ...range, from: '2001-01-01T00:00:00Z', to: '2001-01-02T00:00:00Z' }
    expect(await bench.call('history.export', { what: none, withWords: false })).toMatchObject({
      code: 'not-found',
    })
    bench.savePaths.push(join(bench.drop, 'audit.jsonl'))
    expect(await bench.call('history.export', { what, withWords: false })).toMatchObject({ code: 'refused' })
    expect(await bench.result('history.export', { what, withWords: false })).toMatchObject({ saved: false })
  })
})

describe('a critical result', () => {
  const word = { by: 'Dr Rory Smith', reason: 'Tension pneumothorax', isWithdrawn: false }
  const told = {
    whom: 'Dr Ada Referrer',
    at: '2026-11-20T03:00:00.000Z',
    how: 'phone',
    readBack: true,
  } as const

  it('is marked, told and withdrawn by one entry after another, and the audit keeps no word in plain', async () => {
    const { id } = await deliver('first.pdf', 'A100005')
    const marked = await bench.result('deliveries.markCritical', { ...word, id, told: null })
    expect(marked.critical).toMatchObject([{ by: 'Dr Rory Smith', told: null, isWithdrawn: false }])
    const early = { ...told, at: new Date(Date.now() + 3_600_000).toISOString() }
    expect(await bench.call('deliveries.markCritical', { ...word, id, told: early })).toMatchObject({
      code: 'refused',
    })
    await bench.result('deliveries.markCritical', { ...word, id, told })
    const withdrawn = { ...word, id, reason: 'Another report', isWithdrawn: true, told: null }
    const item = await bench.result('deliveries.markCritical', withdrawn)
    expect(item.critical).toMatchObject([
      { told: null },
      { told: { whom: 'Dr Ada Referrer', atUtc: '2026-11-20T03:00:00.000Z', how: 'phone', readBack: true } },
      { isWithdrawn: true },
    ])
    expect(await bench.call('deliveries.markCritical', withdrawn)).toMatchObject({ code: 'refused' })
    // It is kept beside the audit, and sealed there.
    await bench.restart()
    expect((await deliveryOf('first.pdf', 'delivered')).critical).toHaveLength(3)
    const trail = await bench.result('history.trail', { id })
    expect(trail.filter(({ what }) => what === 'critical-result')).toHaveLength(3)
    expect(trail.flatMap(({ facts }) => facts)).toContainEqual({ name: 'whom', value: 'Dr Ada Referrer' })
    const raw = await readFile(join(bench.profile, 'journal.sqlite'), 'latin1')
    const log = await readFile(join(bench.profile, 'journal.sqlite-wal'), 'latin1').catch(() => '')
    expect(`${raw}${log}`.includes('critical-result')).toBe(true)
    expect(`${raw}${log}`).not.toMatch(/pneumothorax|Ada Referrer/u)
  })

  it('is only of a report whose study is known', async () => {
    await bench.put('nobody.pdf', await writeReportPdf({ lines: ['Nothing is named here.'] }))
    const { id } = await deliveryOf('nobody.pdf', 'held')
    expect(await bench.call('deliveries.markCritical', { ...word, id, told: null })).toMatchObject({
      code: 'refused',
    })
  })
})

it('tries again what may be tried again, and leaves the rest', async () => {
  const { id } = await deliver('first.pdf', 'A100005')
  expect(await bench.result('deliveries.retryAll', { ids: [id, 'nothing'] })).toEqual({ retried: 0, left: 2 })
})

describe('the covered window', () => {
  beforeEach(async () => {
    await bench.result('lock.set', { minutes: 5 })
    await bench.result('lock.now', {})
  })

  it('is told nothing of a patient, while the station works on', async () => {
    bench.crossed.length = 0
    for (const name of ['worklist.get', 'compose.drafts'] as const)
      expect(await bench.call(name, {})).toMatchObject({ ok: false, code: 'locked' })
    expect(await bench.call('study.get', { domain: 'acme', appointmentId: 'A100005' })).toMatchObject({
      ok: false,
      code: 'locked',
    })
    await bench.put('first.pdf', await pdfReport(study('A100005')))
    await bench.until(
      () => bench.result('station.status', {}),
      ({ deliveredToday }) => deliveredToday === 1,
    )
    expect(bench.crossed.join('\n')).not.toMatch(
      new RegExp(`A100005|${String(study('A100005').lastName)}`, 'u'),
    )
    expect(bench.pushes).toContainEqual({ name: 'lock.changed', payload: { isLocked: true } })
  })

  it('opens for the user of the system alone', async () => {
    bench.osUser.prove = async () => 'refused'
    expect(await bench.result('lock.unlock', {})).toEqual({ proof: 'refused' })
    expect(await bench.call('worklist.get', {})).toMatchObject({ code: 'locked' })
    expect(await bench.call('lock.set', { minutes: null })).toMatchObject({ code: 'locked' })
    bench.osUser.prove = async () => 'proved'
    expect(await bench.result('lock.unlock', {})).toEqual({ proof: 'proved' })
    expect((await bench.result('worklist.get', {})).appointments.length).toBeGreaterThan(0)
  })

  it('has taken what was copied off the clipboard', async () => {
    await bench.result('lock.unlock', {})
    await bench.result('desk.copy', { text: 'A100005' })
    expect(bench.clipboard.text).toBe('A100005')
    await bench.result('lock.now', {})
    await bench.until(
      () => Promise.resolve(bench.clipboard.text),
      (text) => text === '',
    )
  })
})
