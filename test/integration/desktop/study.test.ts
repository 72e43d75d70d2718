import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CallResult } from '../../../shared/ipc.ts'
import {
  sampleAppointments,
  sampleSites,
  startSimulator,
  type EndpointName,
  type Simulator,
} from '../../simulator/simulator.ts'
import { createDeskBench, type DeskBench } from '../../support/desktop/desk-bench.ts'
import { pdfReport } from '../../support/station/sample-reports.ts'

let simulator: Simulator
let bench: DeskBench
const key = { domain: 'acme', appointmentId: 'A100001' }

beforeEach(async () => {
  simulator = await startSimulator({ appointments: sampleAppointments(Date.now()), sites: sampleSites() })
  bench = await createDeskBench()
  await bench.connect(simulator)
})
afterEach(async () => {
  await bench.remove()
  await simulator.close()
  if (bench.bugs.length > 0) throw bench.bugs[0]
})

const requests = (endpoint: EndpointName) => simulator.requests((request) => request.endpoint === endpoint)
const worklist = () => bench.result('worklist.get', {})
const referral = async (): Promise<string> =>
  (await bench.result('study.get', key)).attachments[0]?.guid ?? 'none'

describe('the worklist', () => {
  it('knows the zones of its sites, and tells them when they come after the list', async () => {
    const held = simulator.fault({ endpoint: 'site', times: 'always', fault: { kind: 'hold' } })
    await bench.restart()
    const early = await bench.until(worklist, ({ appointments }) => appointments.length === 12)
    expect(early.siteZones).toEqual([])
    const told = () => bench.pushes.filter(({ name }) => name === 'worklist.changed').length
    const before = told()
    held.release()
    held.remove()
    await bench.until(
      () => Promise.resolve(told()),
      (count) => count > before,
    )
    const { siteZones } = await bench.until(worklist, (answer) => answer.siteZones?.length === 2)
    expect(siteZones).toContainEqual({
      domain: 'acme',
      scheduledSite: 'Northside Clinic',
      timeZone: 'Australia/Brisbane',
    })
  })

  it('learns of alerts slowly, the most pressing study first, while its window is in sight', async () => {
    await bench.until(worklist, ({ appointments }) => appointments.length === 12)
    expect(await worklist()).toMatchObject({ alerts: [], noAlerts: [] })
    expect(requests('comments')).toHaveLength(0)
    bench.desk.watch(true)
    const known = await bench.until(
      worklist,
      ({ alerts, noAlerts }) => alerts?.length === 1 && noAlerts?.length === 0,
    )
    // The head CT is due in an hour, and its alert is about the patient.
    expect(known.alerts).toEqual([{ domain: 'acme', appointmentId: 'A100006', count: 1 }])
    expect(requests('comments').map(({ appointmentId }) => appointmentId)).toEqual(['A100006'])
    const pushed = bench.pushes.find(({ name }) => name === 'alerts.changed')?.payload
    expect(pushed).toEqual({ alerts: known.alerts, noAlerts: known.noAlerts })
    bench.desk.watch(false)
  })

  it('says what is new, different and gone since the person looked', async () => {
    const before = await bench.until(worklist, ({ appointments }) => appointments.length === 12)
    expect(before.unseen).toEqual({ added: [], changed: [], gone: [] })
    simulator.addAppointment({ domain: 'acme', appointmentId: 'N1', scheduledSite: 'Central Clinic' })
    simulator.setStatus('acme', 'A100004', 'FINALISED')
    await bench.result('worklist.refresh', {})
    const after = await bench.until(worklist, ({ appointments }) =>
      appointments.some((row) => row.appointmentId === 'N1'),
    )
    expect(after.unseen).toEqual({
      added: [{ domain: 'acme', appointmentId: 'N1' }],
      changed: [],
      gone: [{ domain: 'acme', appointmentId: 'A100004' }],
    })
    await bench.result('worklist.look', { studies: [{ domain: 'acme', appointmentId: 'N1' }] })
    expect((await worklist()).unseen).toMatchObject({ added: [], gone: [{ appointmentId: 'A100004' }] })
    await bench.result('worklist.look', { studies: null })
    expect((await worklist()).unseen).toEqual({ added: [], changed: [], gone: [] })
  })

  it('is read again at once when a report is dropped, though nobody looks and the list is old', async () => {
    await bench.until(worklist, ({ siteZones }) => siteZones?.length === 2)
    bench.clock.aheadMs = 4 * 60_000
    const read = requests('pending').length
    simulator.addAppointment({
      domain: 'acme',
      appointmentId: 'N20001',
      scheduledSite: 'Central Clinic',
      patientId: '990001',
      firstName: 'Nora',
      lastName: 'Newcomer',
      patientName: 'Nora Newcomer',
      dateOfBirth: '1970-01-02',
    })
    await bench.put('new.pdf', await pdfReport(simulator.appointment('acme', 'N20001')))
    await bench.until(
      () => bench.result('deliveries.list', { limit: 10 }),
      (items) => items.some(({ state }) => state === 'delivered'),
    )
    expect(requests('pending').length).toBeGreaterThan(read)
  })
})

describe('a study that has left the list', () => {
  it('still shows its comments, alerts first, and its attachments, and says that it is not pending', async () => {
    const pending = await bench.result('study.get', key)
    simulator.setStatus('acme', 'A100001', 'FINALISED')
    const gone = await bench.result('study.get', key)
    expect(gone.pending).toBe(false)
    expect(gone.comments).toEqual(pending.comments)
    expect(gone.comments[0]).toMatchObject({ isAlert: true })
    expect(gone.attachments.map(({ guid }) => guid)).toEqual(pending.attachments.map(({ guid }) => guid))
    expect(gone.appointment.patientId).toBe('220001')
  })

  it('is not shown at all when its comments cannot be read: it would look harmless', async () => {
    await bench.result('study.get', key)
    simulator.setStatus('acme', 'A100001', 'FINALISED')
    simulator.fault({
      endpoint: 'general-comments',
      fault: { kind: 'problem', status: 403 },
      times: 'always',
    })
    expect(await bench.call('study.get', key)).toMatchObject({ ok: false, code: 'scope' })
  })
})

describe('an attachment', () => {
  it('is saved where the person says, under a safe name, and never opened', async () => {
    const path = join(bench.folder, 'saved.pdf')
    bench.savePaths.push(path)
    expect(await bench.result('study.saveAttachment', { ...key, guid: await referral() })).toEqual({
      saved: true,
    })
    expect(bench.proposed).toEqual(['referral.pdf'])
    expect((await readFile(path)).subarray(0, 5).toString()).toBe('%PDF-')
    expect(bench.opened).toEqual([])
    for (const { headers } of requests('get-object')) expect(headers).not.toHaveProperty('authorization')
    expect(await bench.result('study.saveAttachment', { ...key, guid: await referral() })).toEqual({
      saved: false,
    })
  })

  it('gets the ending of what it is, and overwrites nothing that nobody was asked about', async () => {
    const guid = await referral()
    bench.savePaths.push(join(bench.folder, 'letter.exe'), join(bench.folder, 'letter.exe'))
    await bench.result('study.saveAttachment', { ...key, guid })
    expect(await readdir(bench.folder)).toContain('letter.exe.pdf')
    await writeFile(join(bench.folder, 'letter.exe.pdf'), 'mine')
    expect(await bench.call('study.saveAttachment', { ...key, guid })).toMatchObject({
      ok: false,
      code: 'refused',
      message: expect.stringMatching(/already/u),
    })
    expect(await readFile(join(bench.folder, 'letter.exe.pdf'), 'utf8')).toBe('mine')
  })

  it('is not saved into the drop folder, where it would be taken for a report', async () => {
    bench.savePaths.push(join(bench.drop, 'referral.pdf'))
    expect(await bench.call('study.saveAttachment', { ...key, guid: await referral() })).toMatchObject({
      ok: false,
      code: 'refused',
      message: expect.stringMatching(/another folder/u),
    })
    expect(await readdir(bench.drop)).not.toContain('referral.pdf')
  })

  it('says in a sentence without a path that it cannot be written', async () => {
    bench.savePaths.push(join(bench.folder, 'no', 'such', 'folder', 'x.pdf'))
    const refused = await bench.call('study.saveAttachment', { ...key, guid: await referral() })
    expect(refused).toMatchObject({ ok: false, code: 'refused' })
    expect(JSON.stringify(refused)).not.toContain(bench.folder)
  })

  it('whose address has ended is asked for once more, and only once', async () => {
    const guid = await referral()
    simulator.fault({ endpoint: 'get-object', fault: { kind: 'expired-url' } })
    const shown: CallResult<'study.attachment'> = await bench.result('study.attachment', { ...key, guid })
    expect([shown.kind, requests('attachment').length, requests('get-object').length]).toEqual(['pdf', 2, 2])
    simulator.fault({ endpoint: 'get-object', fault: { kind: 'expired-url' }, times: 'always' })
    expect(await bench.call('study.attachment', { ...key, guid })).toMatchObject({ ok: false, code: 'gone' })
    expect(requests('attachment')).toHaveLength(4)
  })
})
