import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DeliveryItem } from '../../../shared/ipc.ts'
import { MAX_INSPECT_BYTES } from '../../../shared/ipc/inspect-calls.ts'
import { sampleAppointments, startSimulator, type Simulator } from '../../simulator/simulator.ts'
import { createDeskBench, type DeskBench } from '../../support/desktop/desk-bench.ts'
import { sampleParagraphs, writeReportPdf, writeScanPdf } from '../../support/pdf/write-report-pdf.ts'
import { pdfReport, srReport } from '../../support/station/sample-reports.ts'

/** What the window asks about files and reports beyond sending them: dry runs, templates, the difference that matters. */

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
const plain = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes)

function inspect(name: string, bytes: Uint8Array, sidecar: Uint8Array | null = null) {
  return bench.result('inspect.file', {
    name,
    bytes: plain(bytes),
    sidecar: sidecar === null ? null : plain(sidecar),
  })
}

async function deliveryOf(file: string, state: DeliveryItem['state']): Promise<DeliveryItem> {
  const list = await bench.until(
    () => bench.result('deliveries.list', { limit: 100 }),
    (items) => items.some((item) => item.file === file && item.state === state),
  )
  const found = list.find((item) => item.file === file && item.state === state)
  if (found === undefined) throw new Error('It was there a moment ago.')
  return found
}

/** Every file below a folder with its content, as text. */
async function contents(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Map(
    await Promise.all(files.map(async (file) => [file, await readFile(file, 'latin1')] as const)),
  )
}

describe('a dry run in the window', () => {
  it('says what the file is, whose, and where it would go', async () => {
    const seen = await inspect('any name.pdf', await pdfReport(study('A100003')))
    expect(seen).toMatchObject({
      verdict: 'report',
      reason: null,
      kind: 'pdf',
      status: 'preliminary',
      unmatched: null,
      match: {
        kind: 'matched',
        reason: null,
        candidates: [
          {
            appointmentId: 'A100003',
            evidence: { name: 'agrees', birthDate: 'agrees' },
            appointment: { appointmentId: 'A100003' },
          },
        ],
      },
    })
    expect(seen.text).toContain('Impression: No acute disease of the chest.')
    expect(seen.statusWhy).toMatch(/settings/u)
  })

  it('says what would hold it: another patient, no text, no report', async () => {
    const other = await inspect('x.pdf', await pdfReport({ ...study('A100006'), appointmentId: 'A100007' }))
    expect(other.match).toMatchObject({ kind: 'held', reason: 'identity-mismatch' })
    expect(await inspect('scan.pdf', await writeScanPdf())).toMatchObject({
      verdict: 'held',
      reason: 'no-text',
      match: null,
    })
    expect(await inspect('x.pdf', Buffer.from('not a report at all'))).toMatchObject({
      verdict: 'held',
      reason: 'not-a-report',
      kind: null,
      status: null,
      text: '',
    })
  })

  it('reads the companion file with it', async () => {
    const report = await pdfReport(study('A100003'))
    const final = await inspect('r.pdf', report, Buffer.from('{"reportStatus":"final"}'))
    expect(final.status).toBe('final')
    const typed = await inspect('r.pdf', report, Buffer.from('{"reportText":"As dictated."}'))
    expect(typed.text).toBe('As dictated.')
    const broken = await inspect('r.pdf', report, Buffer.from('{"reportStatus":"finished"}'))
    expect(broken.warnings.join()).toMatch(/reportStatus/u)
  })

  it('leaves no trace: no request but reads of the worklist, no delivery, no file, no patient in the profile', async () => {
    const dropped = [...(await contents(bench.drop)).keys()]
    const before = [...(await contents(bench.profile)).keys()]
    const asked = simulator.requests(() => true).length

    await inspect('A100003 final.pdf', await pdfReport(study('A100003')))
    await inspect('A100003.dcm', srReport(study('A100003')))
    await bench.result('inspect.templates', {
      name: 'r.pdf',
      bytes: plain(await pdfReport(study('A100003'))),
      templates: [{ name: 'ours', fields: { patientId: 'Client ref' } }],
    })

    const since = simulator.requests(() => true).slice(asked)
    expect(
      since.map(({ endpoint }) => endpoint).filter((endpoint) => !/pending|token/iu.test(endpoint ?? '')),
    ).toEqual([])
    expect(await bench.result('deliveries.list', { limit: 100 })).toEqual([])
    expect([...(await contents(bench.drop)).keys()]).toEqual(dropped)
    const after = await contents(bench.profile)
    expect([...after.keys()]).toEqual(before)
    const written = [...after.values()].join('\n')
    expect(written).not.toContain('No acute disease')
    expect(written).not.toContain(study('A100003').lastName)
  })

  it('takes no file that is far too large', async () => {
    const answer = await bench.call('inspect.file', {
      name: 'huge.pdf',
      bytes: new Uint8Array(MAX_INSPECT_BYTES + 1),
      sidecar: null,
    })
    expect(answer).toMatchObject({ ok: false, code: 'invalid' })
  })
})

/** A report with the patient id behind a label that nobody knows, and no birth date. */
function clientRefReport(id: string): Promise<Uint8Array> {
  const { appointmentId, patientId, firstName, lastName } = study(id)
  return writeReportPdf({
    lines: [
      `Patient Name: ${lastName ?? ''}, ${firstName ?? ''}`,
      `Client ref: ${patientId ?? ''}`,
      `Appointment: ${appointmentId}`,
      ...sampleParagraphs,
    ],
  })
}

describe('templates of the site', () => {
  it('are tried on a file: what the built-in rules find, and what each one adds', async () => {
    const tried = await bench.result('inspect.templates', {
      name: 'r.pdf',
      bytes: plain(await clientRefReport('A100003')),
      templates: [
        { name: 'ours', fields: { patientId: 'Client ref' } },
        { name: 'theirs', fields: { birthDate: 'Arrival day' } },
      ],
    })
    expect(tried.builtIn).toMatchObject({ patientIds: [], appointmentIds: ['A100003'] })
    expect(tried.added).toMatchObject([{ patientIds: [study('A100003').patientId] }, { birthDates: [] }])
    expect(tried.text).toContain('Client ref')
  })

  it('are suggested after a person has decided, and count only once they are saved', async () => {
    await bench.put('first.pdf', await clientRefReport('A100003'))
    const held = await deliveryOf('first.pdf', 'held')
    expect(held.reason).toBe('identity-unverified')

    const decided = await bench.result('held.resolve', {
      id: held.id,
      by: 'Dr Rory Smith',
      reason: 'Compared document and study',
      appointment: { domain: 'acme', appointmentId: 'A100003' },
      birthDate: null,
      text: null,
      status: null,
      release: false,
      settled: null,
    })
    expect(decided.suggestedTemplate).toMatchObject({
      template: { fields: { patientId: 'Client ref' } },
      found: { patientIds: [study('A100003').patientId], names: [] },
    })
    await deliveryOf('first.pdf', 'delivered')
    expect((await bench.result('settings.get', {})).reports.templates).toBeUndefined()

    const suggestion = decided.suggestedTemplate
    if (suggestion === null) throw new Error('It was there a line above.')
    const { reports } = await bench.result('settings.get', {})
    await bench.result('settings.save', {
      reports: { ...reports, templates: [{ ...suggestion.template, name: 'ours' }] },
    })
    await bench.put('second.pdf', await clientRefReport('A100004'))
    expect((await deliveryOf('second.pdf', 'delivered')).appointmentId).toBe('A100004')
  })
})

describe('a final that differs from its preliminary', () => {
  const sr = (verified: boolean) =>
    srReport(study('A100005'), {
      flags: verified
        ? { completion: 'COMPLETE', verification: 'VERIFIED' }
        : { preliminary: 'PRELIMINARY', completion: 'COMPLETE', verification: 'UNVERIFIED' },
      contentDate: verified ? '20261119' : '20261118',
    })
  const answer = {
    by: 'Dr Rory Smith',
    reason: 'Compared both reports',
    told: { whom: 'Dr Ada Referrer', at: '2026-11-20T03:00:00Z', how: 'phone' },
  } as const

  async function deliverBoth(): Promise<{ preliminary: DeliveryItem; final: DeliveryItem }> {
    await bench.put('early.dcm', sr(false))
    const preliminary = await deliveryOf('early.dcm', 'delivered')
    const text = 'Impression: There is a nodule after all. '.repeat(4)
    await bench.put('late.pdf.json', Buffer.from('{"reportStatus":"final"}'))
    await bench.put(
      'late.pdf',
      await pdfReport(study('A100005'), { paragraphs: [...sampleParagraphs, text] }),
    )
    return { preliminary, final: await deliveryOf('late.pdf', 'delivered') }
  }

  it('goes out at once, asks whether it matters until it is answered, and keeps the answer with the audit', async () => {
    const { preliminary, final } = await deliverBoth()
    expect(final).toMatchObject({
      version: 2,
      follows: preliminary.id,
      discrepancy: { state: 'asked', preliminary: preliminary.id },
    })
    expect((await bench.result('station.status', {})).needsYou).toBe(1)

    const early = { ...answer.told, at: new Date(Date.now() + 3_600_000).toISOString() }
    expect(
      await bench.call('deliveries.answerDiscrepancy', { ...answer, id: final.id, told: early }),
    ).toMatchObject({ ok: false, code: 'refused' })

    const answered = await bench.result('deliveries.answerDiscrepancy', { ...answer, id: final.id })
    expect(answered.discrepancy).toMatchObject({
      state: 'answered',
      significant: true,
      by: 'Dr Rory Smith',
      told: { whom: 'Dr Ada Referrer', atUtc: '2026-11-20T03:00:00.000Z', how: 'phone' },
    })
    await bench.until(
      () => bench.result('station.status', {}),
      ({ needsYou }) => needsYou === 0,
    )
    expect(await bench.call('deliveries.answerDiscrepancy', { ...answer, id: preliminary.id })).toMatchObject(
      { ok: false, code: 'refused' },
    )
  })

  it('asks nothing where the settings say so', async () => {
    const { reports } = await bench.result('settings.get', {})
    await bench.result('settings.save', { reports: { ...reports, finalDiffers: 'send' } })
    expect((await deliverBoth()).final).toMatchObject({ version: 2, discrepancy: null })
  })
})

describe('settings of reading', () => {
  it('the order of day and month is a practice’s own, and is taken back', async () => {
    const set = await bench.result('settings.setDateOrder', { domain: 'acme', dateOrder: 'dmy' })
    expect(set.practices).toMatchObject([{ domain: 'acme', dateOrder: 'dmy' }])
    expect(await bench.settingsFile()).toMatchObject({ practices: [{ dateOrder: 'dmy' }] })
    const back = await bench.result('settings.setDateOrder', { domain: 'acme', dateOrder: null })
    expect(back.practices).toMatchObject([{ dateOrder: null }])
    expect(JSON.stringify(await bench.settingsFile())).not.toContain('dateOrder')
  })

  it('three identifiers and a local patient id exclude each other; nothing is written', async () => {
    const before = await bench.settingsFile()
    const refused = await bench.call('settings.save', { identity: { elements: 3, patientIdIs: 'local' } })
    expect(refused).toMatchObject({ ok: false })
    expect(await bench.settingsFile()).toEqual(before)
  })
})
