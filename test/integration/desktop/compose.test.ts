import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { patientOf } from '../../../shared/composed-report.ts'
import type { CallArgs, CallResult } from '../../../shared/ipc.ts'
import { MAX_REPORT_TEXT_BYTES } from '../../../shared/document.ts'
import { sampleAppointments, startSimulator, type Seed, type Simulator } from '../../simulator/simulator.ts'
import { createDeskBench, type DeskBench } from '../../support/desktop/desk-bench.ts'
import { pdfReport } from '../../support/station/sample-reports.ts'

let simulator: Simulator
let bench: DeskBench
let seeds: Seed[]
const key = { domain: 'acme', appointmentId: 'A100003' }
const typed = '  Findings:\tno acute disease.\n\nImpression: ≥ 2 lesions — Zoë 👍  \n'

beforeEach(async () => {
  seeds = [...sampleAppointments(Date.now())]
  simulator = await startSimulator({ appointments: seeds })
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

const study = () => simulator.appointment('acme', 'A100003')

/** The same appointment, another patient: QUBS is as at its start but for that. */
function exchangePatient(change: Seed): void {
  const index = seeds.findIndex((seed) => seed.appointmentId === 'A100003')
  seeds[index] = { ...seeds[index], ...change }
  simulator.reset()
}

/** Opens the study's compose view as the window does. */
async function opened(): Promise<CallResult<'compose.open'> & { writing: typeof key & { id: string } }> {
  const result = await bench.result('compose.open', key)
  return { ...result, writing: { ...key, id: result.draft.id } }
}

const content = { text: typed, clinician: { name: 'Dr Rory Roe', providerNumber: '1234567A', email: '' } }

type Send = CallArgs<'compose.send'>

async function sendArgs(changes: Partial<Send> = {}): Promise<Send> {
  const { appointment, draft, writing } = await opened()
  if (appointment === null) throw new Error('The study is on the worklist.')
  return {
    ...writing,
    status: 'preliminary',
    shown: patientOf(appointment),
    content,
    attachments: draft.attachments.map(({ id }) => id),
    by: 'Dr Roe',
    confirmed: true,
    release: null,
    ...changes,
  }
}

async function delivered(id: string) {
  const list = await bench.until(
    () => bench.result('deliveries.list', { limit: 100 }),
    (items) => items.some((item) => item.id === id && !['queued', 'sending'].includes(item.state)),
  )
  return list.find((item) => item.id === id)
}

/** Everything that the profile holds, as text: what a thief of the disk could read. */
function profileText(): string {
  return readdirSync(bench.profile, { recursive: true, encoding: 'utf8' })
    .map((name) => join(bench.profile, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => `${path} ${readFileSync(path, 'latin1')}`)
    .join('\n')
}

describe('a report written by hand', () => {
  it('arrives byte for byte as it was typed, with its file, and its draft is gone', async () => {
    const pdf = await pdfReport(study())
    const path = join(bench.folder, 'Measurements of Mary.pdf')
    await writeFile(path, pdf)
    bench.chosenFiles = [path]
    const { writing } = await opened()
    const attached = await bench.result('compose.chooseFiles', writing)
    expect(attached).toMatchObject({
      refused: [],
      attachments: [{ label: 'Measurements of Mary.pdf', sizeBytes: pdf.length }],
    })
    const args = await sendArgs({ status: 'final' })
    const checked = await bench.result('compose.save', { ...writing, status: 'final', ...content })
    expect(checked.savedAt).toMatch(/Z$/u)
    expect(await bench.result('compose.check', { ...writing, status: 'final', shown: args.shown })).toEqual(
      expect.objectContaining({ kind: 'ready', releases: null }),
    )

    const sent = await bench.result('compose.send', args)
    expect(sent.kind).toBe('sent')
    const item = await delivered(writing.id)
    expect(item).toMatchObject({ state: 'delivered', receipt: { status: 'final', attachments: [{}] } })

    const [report] = study().reports
    expect(report).toMatchObject({
      reportText: typed,
      reportStatus: 'final',
      interpretingClinicianName: 'Dr Rory Roe',
      interpretingClinicianProviderNumber: '1234567A',
    })
    const [posted] = simulator.requests(({ endpoint }) => endpoint === 'report')
    expect(posted?.body.toString('utf8')).not.toContain('interpretingClinicianEmail')
    expect(study().artefacts.map(({ bytes }) => bytes?.equals(pdf))).toEqual([true])
    await bench.until(
      () => bench.result('compose.drafts', {}),
      (drafts) => drafts.length === 0,
    )
    expect(bench.crossed.join('\n')).not.toContain(bench.folder)
  })

  it('is sent once, however often and however fast it is asked for', async () => {
    const args = await sendArgs()
    const answers = await Promise.all([1, 2, 3].map(() => bench.result('compose.send', args)))
    const late = await bench.result('compose.send', args)
    for (const answer of [...answers, late]) {
      expect(answer).toMatchObject({ kind: 'sent', delivery: { id: args.id } })
    }
    await delivered(args.id)
    await bench.result('compose.send', args)
    expect(study().reports).toHaveLength(1)
    expect((await bench.call('compose.save', { ...key, id: args.id, status: 'final', ...content })).ok).toBe(
      false,
    )
  })

  it('is never sent final without the explicit word, nor blank, too long or with half a character', async () => {
    const args = await sendArgs({ status: 'final', confirmed: false })
    const tries: [Partial<Send>, RegExp][] = [
      [{}, /confirmed/u],
      [{ confirmed: true, content: { ...content, text: ' \n' } }, /blank/u],
      [{ confirmed: true, content: { ...content, text: 'x'.repeat(MAX_REPORT_TEXT_BYTES + 1) } }, /2097152/u],
      [{ confirmed: true, content: { ...content, text: 'one\ntwo\ud83d' } }, /line 2 at position 4/u],
      [{ confirmed: true, attachments: ['other'] }, /files/u],
    ]
    for (const [change, sentence] of tries) {
      const answer = await bench.call('compose.send', { ...args, ...change })
      expect(answer.ok ? 'sent' : answer.message).toMatch(sentence)
    }
    expect(study().reports).toEqual([])
    expect(simulator.requests(({ endpoint }) => endpoint === 'report')).toEqual([])
  })
})

describe('the look at the appointment just before sending', () => {
  it('refuses another patient and shows who it is now', async () => {
    const args = await sendArgs()
    const { draft } = await opened()
    expect(draft.id).not.toBe(args.id)
    exchangePatient({ dateOfBirth: '1931-02-03', lastName: 'Other' })
    const answer = await bench.result('compose.send', args)
    expect(answer).toMatchObject({
      kind: 'changed',
      changed: ['name', 'birthDate'],
      appointment: { dateOfBirth: '1931-02-03', lastName: 'Other' },
    })
    expect(study().reports).toEqual([])
    expect((await opened()).draft).toMatchObject({ id: args.id, text: typed })
  })

  it('refuses a study that has left the list, keeps the draft, and says so in the list of drafts', async () => {
    const args = await sendArgs()
    simulator.setStatus('acme', 'A100003', 'FINALISED')
    expect(await bench.result('compose.send', args)).toEqual({ kind: 'gone' })
    await bench.result('worklist.refresh', {})
    const drafts = await bench.until(
      () => bench.result('compose.drafts', {}),
      ([draft]) => draft?.listed === 'gone',
    )
    expect(drafts).toMatchObject([{ ...key, patient: { patientId: args.shown.patientId }, isSent: false }])
    expect((await opened()).draft.text).toBe(typed)
  })

  it('says that QUBS cannot be reached, and the draft survives', async () => {
    const args = await sendArgs()
    await simulator.goOffline()
    const answer = await bench.call('compose.send', args)
    expect(answer).toMatchObject({ ok: false, code: 'network' })
    expect(answer.ok ? '' : answer.message).toMatch(/draft is kept/u)
    expect((await opened()).draft.text).toBe(typed)
  })

  it('is repeated when the report had to wait: another patient by then holds it, and its text can be had back', async () => {
    await bench.result('station.pause', { minutes: null })
    const args = await sendArgs()
    await bench.result('compose.send', args)
    exchangePatient({ dateOfBirth: '1931-02-03' })
    await bench.result('station.resume', {})
    expect(await delivered(args.id)).toMatchObject({ state: 'held', reason: 'gone' })
    expect(study().reports).toEqual([])
    await bench.result('deliveries.discard', { id: args.id, by: 'Dr Roe', reason: 'another patient' })
    const again = await bench.until(
      opened,
      ({ delivery, draft }) => delivery === null && draft.text === typed,
    )
    expect(again.draft.id).not.toBe(args.id)
  })
})

describe('a report after another one', () => {
  it('is released by name over a final, and never twice the same', async () => {
    simulator.switches.finalLeavesPending = false
    const first = await sendArgs({ status: 'final' })
    await bench.result('compose.send', first)
    await delivered(first.id)
    const same = await bench.call('compose.send', await sendArgs({ status: 'final' }))
    expect(same).toMatchObject({ ok: false, code: 'refused' })
    const corrected = await sendArgs({ status: 'final', content: { ...content, text: 'Right, not left.' } })
    expect(await bench.result('compose.send', corrected)).toMatchObject({
      kind: 'ready',
      releases: 'correction',
    })
    await bench.result('compose.send', { ...corrected, release: 'correction' })
    expect(await delivered(corrected.id)).toMatchObject({ state: 'delivered' })
    expect(study().reports.map(({ reportText }) => reportText)).toEqual([typed, 'Right, not left.'])
  })

  it('asks about a final that differs from its preliminary', async () => {
    const preliminary = await sendArgs()
    await bench.result('compose.send', preliminary)
    await delivered(preliminary.id)
    const final = await sendArgs({ status: 'final', content: { ...content, text: 'Now a fracture.' } })
    await bench.result('compose.send', final)
    expect(await delivered(final.id)).toMatchObject({
      state: 'delivered',
      discrepancy: { state: 'asked', preliminary: preliminary.id },
    })
  })
})

describe('a draft', () => {
  it('survives a crash and a restart, sealed; discarding it can be undone', async () => {
    const { writing } = await opened()
    await bench.result('compose.save', { ...writing, status: 'final', ...content })
    expect(profileText()).not.toMatch(/lesions|Impression|Rory Roe|A100003|O'Brien/u)
    await bench.restart()
    const again = await opened()
    expect(again.draft).toMatchObject({ id: writing.id, status: 'final', ...content })
    await bench.result('compose.discard', writing)
    expect(await bench.result('compose.drafts', {})).toEqual([])
    await bench.result('compose.restore', writing)
    expect((await opened()).draft.text).toBe(typed)
  })

  it('takes no file of another patient, no other kind, none too large, and never more than twenty', async () => {
    const { writing } = await opened()
    const other = await pdfReport({ ...study(), firstName: 'Quite', lastName: 'Different', patientId: '9' })
    const attach = (label: string, bytes: Uint8Array) =>
      bench.result('compose.attach', { ...writing, label, bytes: Uint8Array.from(bytes) })
    for (const [bytes, sentence] of [
      [other, /another patient/u],
      [Buffer.from('just words'), /PDF|report/u],
      [Buffer.alloc(MAX_REPORT_TEXT_BYTES + 1), /2097152/u],
    ] as const) {
      const { attachments, refused } = await attach('C:\\patients\\scan.pdf', bytes)
      expect(attachments).toEqual([])
      expect(refused).toMatchObject([{ label: 'scan.pdf' }])
      expect(refused[0]?.message).toMatch(sentence)
    }
    const own = await pdfReport(study())
    // Whose file it is cannot be told before the study was ever shown.
    const unseen = { ...writing, appointmentId: 'A999999', id: randomUUID() }
    const unknown = { ...unseen, label: 'own.pdf', bytes: Uint8Array.from(own) }
    expect(await bench.result('compose.attach', unknown)).toMatchObject({
      attachments: [],
      refused: [{ label: 'own.pdf', message: expect.stringMatching(/cannot be compared/u) }],
    })
    for (let count = 1; count <= 20; count += 1) await attach(`${count}.pdf`, own)
    const full = await attach('21.pdf', own)
    expect(full.attachments).toHaveLength(20)
    expect(full.refused[0]?.message).toMatch(/20/u)
    const [first, ...others] = full.attachments
    const left = await bench.result('compose.detach', { ...writing, attachment: first?.id ?? '' })
    expect(left.attachments.map(({ label }) => label)).not.toContain('1.pdf')
    // One place is left, and three files come at once.
    const atOnce = await Promise.all(['a', 'b', 'c'].map((name) => attach(`${name}.pdf`, own)))
    expect(atOnce.flatMap(({ refused }) => refused)).toHaveLength(2)
    expect((await opened()).draft.attachments).toHaveLength(others.length + 1)
  })
})
