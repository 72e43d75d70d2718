import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { unixSeconds } from '../../../electron/solo/dates.ts'
import { openVisits } from '../../../electron/solo/open-solo.ts'
import { sessionVisitMemory, visitMemoryIn, type VisitMemory } from '../../../electron/solo/visit-memory.ts'
import { createVisits, type Visits, type VisitsOptions } from '../../../electron/solo/visits.ts'
import { createMemoryVault } from '../../../electron/vault/memory.ts'
import type { SimulatorOptions } from '../../simulator/simulator.ts'
import { open } from '../qubs/http-core.ts'
import { nowMs, nowSeconds, pdf, startTenant, study, valueOf, type SimulatedTenant } from './tenant.ts'

const at = unixSeconds.parse(nowSeconds + 3600)
const booking = { waitingRoom: 'Imaging Results', date: at, duration: 900, reasons: ['Results'] }

type Bench = SimulatedTenant & { readonly visits: Visits; readonly memory: VisitMemory }

async function start(options: SimulatorOptions = {}, more: Partial<VisitsOptions> = {}): Promise<Bench> {
  const tenant = await startTenant(options)
  const { baseUrl, apiKey, teamsToken, linkingSecret } = tenant.simulator.solo
  const memory = sessionVisitMemory()
  const visits = createVisits({
    client: tenant.client,
    memory,
    solo: { baseUrl },
    credentials: async () => ({ apiKey, teamsAuthToken: teamsToken, linkingSecret }),
    now: () => nowMs,
    ...more,
  })
  return { ...tenant, visits, memory }
}

/** Books the study's visit. */
async function booked(bench: Bench): Promise<string> {
  const outcome = await bench.visits.book(study, booking)
  if (outcome.kind !== 'booked') throw new Error(outcome.kind)
  return outcome.id
}

describe('booking a visit from a study', () => {
  it('shows what will be sent, makes the patient, books under the external id, and is seen waiting', async () => {
    const bench = await start()
    const { visits, simulator, asked } = bench
    expect(valueOf(await visits.previewPatient(study))).toEqual({
      kind: 'create',
      patient: {
        id: '220001',
        mrn: '220001',
        name: [{ use: 'usual', family: 'Jane Doe', firstName: 'Jane', lastName: 'Doe' }],
        birthDate: '1988-03-03',
        gender: 'female',
      },
    })
    expect(valueOf(await visits.find(study))).toEqual({ visit: null, bookAs: 'acme:A100001' })
    asked()
    const id = await booked(bench)
    expect(asked()).toEqual([
      'GET appointments/acme%3AA100001/video-call-links',
      'GET patients/220001',
      'POST patients',
      'POST patients/220001/appointments',
    ])
    simulator.solo.setVisit(Number(id), { status: 'arrived', videoCall: 'waiting' })
    expect(valueOf(await visits.find(study))).toMatchObject({
      visit: { id, status: { kind: 'waiting' }, patient: 'agrees', date: at },
      bookAs: null,
    })
  })

  it('sends nothing where there is a visit', async () => {
    const bench = await start()
    await booked(bench)
    bench.asked()
    expect(await bench.visits.book(study, booking)).toMatchObject({ kind: 'has-visit' })
    expect(bench.asked().filter((line) => !line.startsWith('GET'))).toEqual([])
  })

  it('fills only the gaps of a patient that Solo has', async () => {
    const { visits, simulator } = await start()
    simulator.solo.addPatient({
      id: '220001',
      demographics: { name: [{ firstName: 'Jane', lastName: 'Doe' }], race: 'kept' },
    })
    expect(valueOf(await visits.previewPatient(study))).toEqual({
      kind: 'update',
      patientId: '220001',
      fields: { birthDate: '1988-03-03', gender: 'female' },
    })
    expect(await visits.book(study, booking)).toMatchObject({ kind: 'booked' })
    expect(simulator.solo.patients()[0]?.demographics).toMatchObject({
      birthDate: '1988-03-03',
      race: 'kept',
    })
  })

  it('stops where Solo has somebody else under the patient id', async () => {
    const { visits, simulator, asked } = await start()
    simulator.solo.addPatient({ id: '220001', demographics: { birthDate: '1951-01-01' } })
    expect(await visits.book(study, booking)).toMatchObject({
      kind: 'refused',
      step: 'look',
      failure: { code: 'other-patient' },
    })
    expect(asked().filter((line) => !line.startsWith('GET'))).toEqual([])
  })

  it('says what the study lacks', async () => {
    const { visits } = await start()
    const outcome = await visits.book({ ...study, dateOfBirth: null }, booking)
    expect(outcome).toMatchObject({
      kind: 'refused',
      failure: { message: expect.stringMatching(/lacks the date of birth/) },
    })
  })

  it.each(['solo-patient-create', 'solo-visit-create'] as const)(
    'with the answer of %s lost is unknown; looking finds what was made, and nothing is made twice',
    async (endpoint) => {
      const bench = await start()
      const { visits, simulator } = bench
      simulator.fault({ endpoint, fault: { kind: 'reset-after' } })
      const step = endpoint === 'solo-patient-create' ? 'patient' : 'appointment'
      expect(await visits.book(study, booking)).toMatchObject({ kind: 'unknown', step })
      const again = await visits.book(study, booking)
      expect(again.kind).toBe(step === 'patient' ? 'booked' : 'has-visit')
      expect(simulator.solo.patients()).toHaveLength(1)
      expect(simulator.solo.visits()).toHaveLength(1)
    },
  )

  it('takes a new external id after the visit was cancelled', async () => {
    const bench = await start()
    const { visits, simulator } = bench
    const id = await booked(bench)
    expect(await visits.cancel(study, id)).toMatchObject({ ok: true })
    expect(valueOf(await visits.find(study))).toMatchObject({
      visit: { status: { kind: 'cancelled' } },
      bookAs: 'acme:A100001:2',
    })
    expect(await visits.book(study, booking)).toMatchObject({ kind: 'booked', externalId: 'acme:A100001:2' })
    expect(valueOf(await visits.find(study))).toMatchObject({
      visit: { externalId: 'acme:A100001:2', status: { kind: 'scheduled' } },
      bookAs: null,
    })
    expect(simulator.solo.visits()).toHaveLength(2)
  })

  it('is moved', async () => {
    const bench = await start()
    const id = await booked(bench)
    const later = unixSeconds.parse(at + 900)
    expect(await bench.visits.reschedule(study, id, { date: later })).toMatchObject({ ok: true })
    expect(valueOf(await bench.visits.find(study)).visit).toMatchObject({ date: later, duration: 900 })
  })
})

describe('a visit that was booked elsewhere', () => {
  it('is found by its links, and known in full once its number is typed in', async () => {
    const { visits, simulator, memory } = await start()
    simulator.solo.addPatient({ id: '220001' })
    const { id } = simulator.solo.addVisit({ patientId: '220001', externalId: 'acme:A100001' })
    const other = simulator.solo.addVisit({ patientId: '220001', externalId: 'acme:OTHER' })
    expect(valueOf(await visits.find(study)).visit).toMatchObject({ id: null, status: null })
    expect(await visits.adopt(study, String(other.id))).toMatchObject({
      ok: false,
      failure: { code: 'other-visit' },
    })
    expect(valueOf(await visits.adopt(study, String(id)))).toMatchObject({ status: { kind: 'scheduled' } })
    expect(memory.idOf('acme:A100001')).toBe(String(id))
    expect(valueOf(await visits.find(study)).visit).toMatchObject({ id: String(id) })
  })

  it('is not touched where its number stands for another visit, of the same patient too', async () => {
    const { visits, simulator, asked } = await start()
    simulator.solo.addPatient({ id: '220001' })
    const other = String(simulator.solo.addVisit({ patientId: '220001', externalId: 'acme:OTHER' }).id)
    const refused = { code: 'other-visit' }
    expect(await visits.cancel(study, other)).toMatchObject({ ok: false, failure: refused })
    expect(await visits.reschedule(study, other, { date: at })).toMatchObject({ ok: false, failure: refused })
    expect(await visits.note(study, other)).toMatchObject({ ok: false, failure: refused })
    expect(await visits.attachReport(study, other, pdf())).toMatchObject({
      kind: 'refused',
      failure: refused,
    })
    expect(asked().filter((line) => !line.startsWith('GET'))).toEqual([])
  })

  it('is looked for anew where Solo has renamed it or gave its number away', async () => {
    const bench = await start()
    const id = await booked(bench)
    bench.simulator.solo.visit(Number(id)).externalId = 'somebody else'
    expect(valueOf(await bench.visits.find(study)).visit).toBeNull()
    expect(bench.memory.idOf('acme:A100001')).toBeNull()
  })
})

describe('links', () => {
  it('come for provider, patient, Teams and with context, and only from hosts on the list', async () => {
    const bench = await start()
    const id = await booked(bench)
    const { visits, simulator } = bench
    const { visit } = valueOf(await visits.find(study))
    if (visit === null) throw new Error('no visit')
    expect(await visits.linkChoices()).toEqual(['provider', 'patient', 'teams', 'context'])
    const base = simulator.solo.baseUrl
    expect(valueOf(await visits.link(study, visit, { kind: 'provider' }))).toBe(`${base}/videocalls/${id}`)
    expect(valueOf(await visits.link(study, visit, { kind: 'patient' }))).toMatch(`${base}/check-in/`)
    expect(await visits.link(study, visit, { kind: 'teams' })).toMatchObject({
      ok: false,
      failure: { code: 'link-host', message: expect.stringContaining('teams.microsoft.com') },
    })
    const context = { kind: 'context', type: 'provider', user: 'dr.smith@example.org' } as const
    const link = valueOf(await visits.link(study, visit, context))
    const opened = await fetch(link, { redirect: 'manual' })
    expect([opened.status, opened.headers.get('location')]).toEqual([302, `${base}/videocalls/${id}`])
    expect(simulator.solo.openedLinks()).toMatchObject([
      {
        user: 'dr.smith@example.org',
        type: 'provider',
        dateSeconds: at,
        patient: { id: '220001', sex: 'female', dob: '1988-03-03', firstName: 'Jane', lastName: 'Doe' },
      },
    ])
    simulator.switches.soloLinkOrigin = 'https://evil.example'
    expect(await visits.link(study, visit, { kind: 'provider' })).toMatchObject({
      ok: false,
      failure: { code: 'link-host' },
    })
  })

  it('with context are made where Solo gives a time that is none', async () => {
    const bench = await start()
    await booked(bench)
    const { visit } = valueOf(await bench.visits.find(study))
    if (visit === null) throw new Error('no visit')
    const context = { kind: 'context', type: 'provider', user: 'dr.smith@example.org' } as const
    for (const date of [-1, nowMs, 1e300]) {
      expect(await bench.visits.link(study, { ...visit, date }, context)).toMatchObject({ ok: true })
    }
  })
})

describe('attaching the delivered report', () => {
  it('sends it once, and knows it again', async () => {
    const bench = await start()
    const id = await booked(bench)
    const { visits, simulator } = bench
    const first = await visits.attachReport(study, id, pdf())
    expect(first).toMatchObject({ kind: 'attached', isNearLimit: false })
    expect(await visits.attachReport(study, id, pdf())).toMatchObject({ kind: 'already-there' })
    expect(await visits.attachReport(study, id, pdf('reporT'))).toMatchObject({ kind: 'attached' })
    expect(simulator.solo.attachments(Number(id))).toHaveLength(2)
    expect(valueOf(await visits.attachments(study, id))).toHaveLength(2)
  })

  it('whose answer is lost is found in the list, and not sent again', async () => {
    const bench = await start()
    const id = await booked(bench)
    bench.simulator.fault({ endpoint: 'solo-attachment-upload', fault: { kind: 'reset-after' } })
    expect(await bench.visits.attachReport(study, id, pdf())).toMatchObject({ kind: 'attached' })
    bench.simulator.fault({ endpoint: 'solo-attachment-upload', fault: { kind: 'server-error' } })
    expect(await bench.visits.attachReport(study, id, pdf('x'))).toMatchObject({ kind: 'unknown' })
    expect(bench.simulator.solo.attachments(Number(id))).toHaveLength(1)
  })

  it('is refused above 5 MiB, for anything but a PDF, and for the visit of somebody else', async () => {
    const bench = await start()
    const id = await booked(bench)
    const { visits, simulator } = bench
    const large = new Uint8Array(5_242_881)
    large.set(pdf())
    expect(await visits.attachReport(study, id, large)).toMatchObject({
      kind: 'refused',
      failure: { message: 'bytes may have at most 5242880 bytes (5 MiB).' },
    })
    expect(await visits.attachReport(study, id, large.subarray(0, 5_242_880))).toMatchObject({
      kind: 'attached',
      isNearLimit: true,
    })
    expect(await visits.attachReport(study, id, Buffer.from('text'))).toMatchObject({ kind: 'refused' })
    const other = simulator.solo.addPatient({ id: '9', demographics: { birthDate: '1951-01-01' } })
    const wrong = simulator.solo.addVisit({ patientId: other.id })
    expect(await visits.attachReport(study, String(wrong.id), pdf())).toMatchObject({
      kind: 'refused',
      failure: { code: 'other-patient' },
    })
    expect(simulator.solo.attachments(wrong.id)).toEqual([])
    for (const refused of [
      await visits.cancel(study, String(wrong.id)),
      await visits.reschedule(study, String(wrong.id), { date: at }),
      await visits.note(study, String(wrong.id)),
    ])
      expect(refused).toMatchObject({ ok: false, failure: { code: 'other-patient' } })
  })
})

describe('the visits of a profile', () => {
  it('know their status again after a restart, with the key as it is in the vault now', async () => {
    const { simulator } = await startTenant()
    const { baseUrl, apiKey } = simulator.solo
    const profileFolder = await mkdtemp(join(tmpdir(), 'radpost-solo-'))
    onTestFinished(() => rm(profileFolder, { recursive: true }))
    const vault = createMemoryVault()
    const reopen = () =>
      openVisits({
        settings: { solo: { baseUrl } },
        vault,
        http: open(),
        random: Math.random,
        now: () => nowMs,
        profileFolder,
      })
    const visits = reopen()
    expect(await visits.book(study, booking)).toMatchObject({ failure: { code: 'no-credentials' } })
    await vault.set('solo:apiKey', apiKey)
    expect(await visits.linkChoices()).toEqual(['provider', 'patient'])
    expect(await visits.book(study, booking)).toMatchObject({ kind: 'booked' })
    expect(valueOf(await reopen().find(study)).visit).toMatchObject({ status: { kind: 'scheduled' } })
  })
})

describe('the numbers of visits', () => {
  it('are kept in a file, and a broken file costs only the numbers', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'radpost-solo-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const path = join(folder, 'solo-visits.json')
    const first = visitMemoryIn(path)
    await Promise.all([first.remember('a', '1'), first.remember('b', '2')])
    await first.forget('a')
    expect(visitMemoryIn(path).idOf('b')).toBe('2')
    expect(visitMemoryIn(path).idOf('a')).toBeNull()
    expect(await readFile(path, 'utf8')).toBe('[["b","2"]]')
    await writeFile(path, '{')
    expect(visitMemoryIn(path).idOf('b')).toBeNull()
  })
})
