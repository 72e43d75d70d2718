import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StationStatus } from '../../../shared/ipc.ts'
import { sampleAppointments, startSimulator, type Simulator } from '../../simulator/simulator.ts'
import { createDeskBench, credentialsOf, type DeskBench } from '../../support/desktop/desk-bench.ts'
import { pdfReport } from '../../support/station/sample-reports.ts'

let acme: Simulator
let harbour: Simulator
let bench: DeskBench

beforeEach(async () => {
  acme = await startSimulator({ appointments: sampleAppointments(Date.now()) })
  harbour = await startSimulator({
    domains: ['harbour'],
    // The same id as a study of the other practice: only the domain tells them apart.
    appointments: [
      {
        appointmentId: 'A100003',
        patientId: '77001',
        firstName: 'Ines',
        lastName: 'Moreau',
        dateOfBirth: '1970-05-06',
        gender: 'F',
        modality: 'MR',
        studyDescription: 'MRI Knee',
      },
    ],
  })
  bench = await createDeskBench()
  await bench.connect(acme)
})
afterEach(async () => {
  await bench.remove()
  await acme.close()
  await harbour.close()
  if (bench.bugs.length > 0) throw bench.bugs[0]
})

const addHarbour = () =>
  bench.result('setup.connect', {
    practice: {
      domain: 'harbour',
      name: 'Harbour Imaging',
      baseUrl: harbour.baseUrl,
      tokenUrl: harbour.tokenUrl,
    },
    credentials: credentialsOf(harbour),
    forSession: false,
  })

const practice = (status: StationStatus, domain: string) =>
  status.practices.find((one) => one.domain === domain)
const until = (fits: (status: StationStatus) => boolean) =>
  bench.until(() => bench.result('station.status', {}), fits)

describe('a second practice', () => {
  it('is added beside the first, and its studies stand in the same worklist under their own name', async () => {
    expect(await addHarbour()).toMatchObject({ ok: true })
    await until(({ practices }) => practices.every(({ connection }) => connection === 'connected'))
    const { practices } = await bench.result('settings.get', {})
    expect(practices).toMatchObject([
      { domain: 'acme', signedIn: true },
      { domain: 'harbour', name: 'Harbour Imaging', signedIn: true },
    ])
    const { appointments } = await bench.result('worklist.get', {})
    const same = appointments.filter(({ appointmentId }) => appointmentId === 'A100003')
    expect(same.map(({ domain }) => domain).toSorted()).toEqual(['acme', 'harbour'])
  })

  it('that is away says so by itself, keeps its last list, and the other goes on delivering', async () => {
    await addHarbour()
    await until(({ practices }) => practices.every(({ connection }) => connection === 'connected'))
    await harbour.goOffline()
    await bench.result('worklist.refresh', {})
    const status = await until((present) => practice(present, 'harbour')?.connection === 'offline')
    expect(practice(status, 'harbour')).toMatchObject({ pending: 1, name: 'Harbour Imaging' })
    expect(practice(status, 'harbour')?.message).not.toBeNull()
    expect(practice(status, 'acme')).toMatchObject({ connection: 'connected', message: null })

    await bench.put('acme.pdf', await pdfReport(acme.appointment('acme', 'A100001')))
    await bench.until(
      () => bench.result('deliveries.list', { limit: 10 }),
      (items) => items.some(({ file, state }) => file === 'acme.pdf' && state === 'delivered'),
    )
    expect(acme.appointment('acme', 'A100001').reports).toHaveLength(1)
  })

  it('gets the report that is written for its study, and the study of the same id elsewhere gets none', async () => {
    await addHarbour()
    await until(({ practices }) => practices.every(({ connection }) => connection === 'connected'))
    const key = { domain: 'harbour', appointmentId: 'A100003' }
    const { appointment, draft } = await bench.result('compose.open', key)
    if (appointment === null) throw new Error('The study is on the worklist.')
    const { patientId, patientName, firstName, lastName, dateOfBirth } = appointment
    const sent = await bench.result('compose.send', {
      ...key,
      id: draft.id,
      status: 'preliminary',
      shown: { patientId, patientName, firstName, lastName, dateOfBirth },
      content: { text: 'No tear.', clinician: draft.clinician },
      attachments: [],
      by: 'Dr Roe',
      confirmed: true,
      release: null,
    })
    expect(sent.kind).toBe('sent')
    await bench.until(
      () => bench.result('deliveries.list', { limit: 10 }),
      (items) => items.some(({ id, state }) => id === draft.id && state === 'delivered'),
    )
    expect(harbour.appointment('harbour', 'A100003').reports).toHaveLength(1)
    expect(acme.appointment('acme', 'A100003').reports).toEqual([])
  })
})
