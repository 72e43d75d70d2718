import { describe, expect, it } from 'vitest'
import { atomMoment, deceasedMoment, isoDay, isoMoment, unixSeconds } from '../../../electron/solo/dates.ts'
import { contextAwareLink, linkContext } from '../../../electron/solo/linking.ts'
import type { SoloSimulator } from '../../simulator/simulator.ts'
import { nowSeconds, pdf, startTenant, valueOf } from './tenant.ts'

/** Every endpoint of the vendor's page against the simulated tenant (docs/solo.md names these tests). */

const at = unixSeconds.parse(nowSeconds + 3600)
const patient = { id: '220001', demographics: { mrn: '220001', birthDate: '1988-03-03' } }
const visitOf = (solo: SoloSimulator) => {
  solo.addPatient(patient)
  return solo.addVisit({ patientId: '220001', externalId: 'acme:A100001' })
}

describe('patients', () => {
  it('are made with the id of the site, and read by it and by the Solo patient id', async () => {
    const { client, asked } = await startTenant()
    const spid = valueOf(
      await client.createPatient({
        id: '220001',
        name: [{ use: 'usual', family: 'Jäne Döe', firstName: 'Jäne', lastName: 'Döe' }],
        birthDate: isoDay.parse('1988-03-03'),
        gender: 'female',
        telecom: [{ use: 'home', system: 'email', value: 'jane@example.org' }],
        address: [{ city: 'Adelaide', line: ['1 Main St', ''] }],
        isLinkedByEmail: true,
        groupType: 'family',
        groupName: 'Döe',
      }),
    )
    expect(spid).toBe(12_345)
    const read = valueOf(await client.getPatient('220001'))
    expect(read).toMatchObject({
      name: [{ firstName: 'Jäne', lastName: 'Döe', family: 'Jäne Döe' }],
      birthDate: '1988-03-03',
      telecom: [{ value: 'jane@example.org' }],
      address: [{ line: ['1 Main St', ''] }],
      sharedEmailGroup: { type: 'family', name: 'Döe' },
    })
    expect(valueOf(await client.getPatientBySpid(spid))).toEqual(read)
    expect(asked()).toEqual(['POST patients', 'GET patients/220001', 'GET patients/id/type/SPID/value/12345'])
  })

  it.each(['array', 'object'] as const)(
    'are changed by either id, whatever the answer is: %s',
    async (soloPatientUpdateAnswer) => {
      const { client, simulator } = await startTenant({ soloPatientUpdateAnswer })
      const { spid } = simulator.solo.addPatient(patient)
      const died = { deceased: true, deceasedAt: deceasedMoment.parse('2020-03-31 10:12 AM') }
      expect(await client.updatePatient('220001', died)).toMatchObject({ ok: true })
      expect(await client.updatePatientBySpid(spid, { maritalStatus: 'married' })).toMatchObject({ ok: true })
      expect(valueOf(await client.getPatient('220001'))).toMatchObject({
        mrn: '220001',
        deceased: true,
        deceasedAt: '2020-03-31 10:12 AM',
        maritalStatus: 'married',
      })
    },
  )

  it('get documents of questions and responses', async () => {
    const { client, simulator } = await startTenant()
    const { documents } = simulator.solo.addPatient(patient)
    const responses = [{ question: 'Contrast?', response: 'No' }]
    expect(await client.addDocument('220001', { name: 'Intake', dateTime: at, responses })).toMatchObject({
      ok: true,
    })
    expect(documents).toEqual([{ name: 'Intake', dateTime: at, responses }])
  })
})

describe('appointments', () => {
  it.each([200, 201] as const)(
    'are booked by patient id, HSID and SPID, whichever 2xx answers: %i',
    async (soloCreatedStatus) => {
      const { client, simulator, asked } = await startTenant({ soloCreatedStatus })
      const { spid } = simulator.solo.addPatient({ ...patient, hsid: 'H1' })
      const wanted = { waitingRoom: 'Imaging Results', date: at, duration: 1800, reasons: ['Results'] }
      const booked = [
        valueOf(await client.createAppointment('220001', { ...wanted, externalId: 'x:1' })),
        valueOf(await client.createAppointmentByHsid('H1', { ...wanted, externalId: 'x:2' })),
        valueOf(await client.createAppointmentBySpid(spid, { ...wanted, externalId: 'x:3' })),
      ]
      expect(simulator.solo.visits().map(({ id, externalId }) => [String(id), externalId])).toEqual(
        booked.map(({ id }, n) => [id, `x:${n + 1}`]),
      )
      expect(asked()).toEqual([
        'POST patients/220001/appointments',
        'POST patients/HSID/H1/appointments',
        `POST patients/id/type/SPID/value/${spid}/appointments`,
      ])
    },
  )

  it('are read with status, video call and patient', async () => {
    const { client, simulator } = await startTenant()
    const { id } = visitOf(simulator.solo)
    simulator.solo.setVisit(id, { status: 'arrived', videoCall: 'waiting' })
    expect(valueOf(await client.getAppointment(String(id)))).toMatchObject({
      id: String(id),
      status: 'arrived',
      videoCall: { status: 'waiting' },
      externalId: 'acme:A100001',
      patient: { id: '220001', demographics: { birthDate: '1988-03-03' } },
    })
  })

  it('are moved and cancelled', async () => {
    const { client, simulator } = await startTenant()
    const visit = visitOf(simulator.solo)
    expect(
      valueOf(await client.updateAppointment(String(visit.id), { date: at, duration: 600 })),
    ).toMatchObject({ id: String(visit.id) })
    await client.updateAppointment(String(visit.id), { status: 'cancelled' })
    expect(visit).toMatchObject({ dateSeconds: at, durationSeconds: 600, status: 'cancelled' })
  })

  it('have a link for the provider', async () => {
    const { client, simulator } = await startTenant()
    const { id } = visitOf(simulator.solo)
    const { providerVisitUrl } = valueOf(await client.getProviderLink(String(id)))
    expect(providerVisitUrl).toBe(`${simulator.solo.baseUrl}/videocalls/${id}`)
  })

  it('have a Microsoft Teams link with the Teams token, and say which keys may be wrong', async () => {
    const { client, simulator } = await startTenant()
    const { id } = visitOf(simulator.solo)
    const link = valueOf(await client.getTeamsProviderLink(String(id), simulator.solo.teamsToken))
    expect(link.msTeamsProviderVisitUrl).toMatch(/^https:\/\/teams\.microsoft\.com\//)
    const refused = await client.getTeamsProviderLink(String(id), 'wrong')
    expect(refused).toMatchObject({
      ok: false,
      failure: { kind: 'auth', message: expect.stringMatching(/API key or the Teams token/) },
    })
  })

  it('have links for both by the external id, percent-encoded once', async () => {
    const { client, simulator } = await startTenant()
    visitOf(simulator.solo)
    const links = valueOf(await client.getVideoCallLinks('acme:A100001'))
    expect(links).toMatchObject({ appointmentExternalId: 'acme:A100001' })
    expect(links.patientVisitUrl).toMatch(/\/check-in\//)
    const [request] = simulator.requests(({ endpoint }) => endpoint === 'solo-links')
    expect(request?.path).toBe('/qapi/v1/appointments/acme%3AA100001/video-call-links')
  })

  it('have links for both by the Solo appointment id', async () => {
    const { client, simulator } = await startTenant()
    const { id } = visitOf(simulator.solo)
    expect(valueOf(await client.getVideoCallLinksBySaid(id)).providerVisitUrl).toMatch(/\/videocalls\//)
  })

  it('have a visit note that is read and answered', async () => {
    const { client, simulator } = await startTenant()
    const { id } = visitOf(simulator.solo)
    const name = 'Acute Neurology - Physician Services'
    const note = { id: 'n1', templateName: name, comments: [], responses: [] }
    const author = { id: 123, username: 'user@example.org' }
    const comments = [{ id: 'c1', message: 'Seen.', postedAtSeconds: nowSeconds, author }]
    simulator.solo.setVisitNotes(id, [{ ...note, comments }])
    const questions = [{ id: '923c5621-66a1-49a3-aa7b-a7753cbfd139', value: ['Male'] }]
    expect(await client.updateVisitNote(String(id), { name, questions })).toMatchObject({ ok: true })
    const [first] = valueOf(await client.getVisitNote(String(id)))
    expect(first).toMatchObject({
      template: { name },
      comments: [{ message: 'Seen.', postedAt: nowSeconds, author: { id: '123' } }],
    })
    expect(first?.responses.at(-1)).toMatchObject({
      response: ['Male'],
      dateTime: { date: expect.stringMatching(/^\d{4}-/) },
    })
  })
})

describe('waiting rooms and slots', () => {
  it('are listed: waiting rooms by name', async () => {
    const { client } = await startTenant()
    const rooms = valueOf(await client.listWaitingRooms())
    expect(rooms.map(({ name }) => name)).toEqual(['Imaging Results', 'Great Room'])
  })

  it.each([false, true])(
    'are listed: slots between two moments in order, duration needed: %s',
    async (soloSlotDurationRequired) => {
      const { client, simulator } = await startTenant({ soloSlotDurationRequired })
      simulator.solo.setSlots('Imaging Results', [at + 900, at])
      const before = unixSeconds.parse(at + 3600)
      const search = { after: at, before, waitingRoom: 'Imaging Results', duration: 900 }
      expect(valueOf(await client.listSlots(search)).map(({ date }) => date)).toEqual([at, at + 900])
    },
  )
})

describe('attachments', () => {
  it('are uploaded as raw bytes, listed and deleted', async () => {
    const { client, simulator } = await startTenant()
    const { id } = visitOf(simulator.solo)
    const bytes = pdf()
    const made = valueOf(
      await client.uploadAttachment(String(id), {
        bytes,
        contentType: 'application/pdf',
        fileName: 'Befund 1+1.pdf',
      }),
    )
    expect(made).toMatchObject({ title: 'Befund 1+1.pdf', mimeType: 'application/pdf', size: bytes.length })
    expect(simulator.solo.attachments(id)[0]?.bytes.equals(bytes)).toBe(true)
    expect(valueOf(await client.listAttachments(String(id)))).toEqual([made])
    expect(await client.deleteAttachment(String(id), made.id)).toMatchObject({ ok: true })
    expect(valueOf(await client.listAttachments(String(id)))).toEqual([])
  })
})

describe('episodes', () => {
  it('are begun, listed, read, changed, and have appointments', async () => {
    const { client, simulator } = await startTenant()
    const { id } = visitOf(simulator.solo)
    const from = isoDay.parse('2026-11-20')
    const wanted = { name: 'Follow-up', type: 'imaging follow-up', from, status: 'PLANNING' } as const
    const { episodeId } = valueOf(await client.createEpisode('220001', wanted))
    expect(valueOf(await client.listEpisodes('220001'))).toMatchObject([
      { id: episodeId, status: 'planning' },
    ])
    expect(
      await client.updateEpisode(episodeId, { ...wanted, status: 'ACTIVE', objective: 'Heal' }),
    ).toMatchObject({ ok: true })
    expect(valueOf(await client.getEpisode(episodeId))).toMatchObject({ status: 'active', objective: 'Heal' })
    expect(await client.assignEpisode(String(id), { episodeId })).toMatchObject({ ok: true })
    expect(valueOf(await client.listEpisodeAppointments(episodeId))).toMatchObject({
      episode: { id: episodeId },
      appointments: [{ appointmentId: String(id) }],
    })
    expect(await client.assignEpisode(String(id), {})).toMatchObject({ ok: true })
    expect(valueOf(await client.listEpisodeAppointments(episodeId)).appointments).toEqual([])
  })
})

describe('reports', () => {
  it('come as CSV between two days', async () => {
    const { client, simulator } = await startTenant()
    visitOf(simulator.solo)
    const day = isoDay.parse('2026-11-20')
    const csv = valueOf(await client.downloadDataDump({ from: day, to: day }))
    expect(Buffer.from(csv).toString('utf8').split('\n')[0]).toMatch(/,/)
  })

  it('of encounters are ordered, looked at until they are ready, and downloaded as a zip', async () => {
    const { client, simulator } = await startTenant({ soloReportPolls: 1 })
    const from = atomMoment.parse('2026-11-19T00:00:00+00:00')
    const to = atomMoment.parse('2026-11-21T00:00:00+10:30')
    const order = { from, to, presetId: simulator.solo.presetId, password: 'IK5adv2N5V-gr£9v6' }
    const { id } = valueOf(await client.createEncounterReport(order))
    const states = [await client.getEncounterReport(id), await client.getEncounterReport(id)]
    expect(states.map((state) => valueOf(state).status)).toEqual(['pending', 'completed'])
    const zip = valueOf(await client.downloadEncounterReport(id))
    expect(Buffer.from(zip.subarray(0, 2)).toString('latin1')).toBe('PK')
  })
})

describe('the perfect answer', () => {
  it('makes patient and visit in one request, and tells why a second one is refused', async () => {
    const { client } = await startTenant()
    const fields = {
      firstName: 'John',
      lastName: 'Doe',
      dob: isoDay.parse('2001-01-20'),
      locationId: 'b20be9ce-eb93-48be-ad56-271ec4b2973c',
      mrn: 'AA-00000001',
      requestingProvider: 'Bob Dylan',
      consultType: 'new',
      reason: 'EEG Stat',
      physicianNotified: isoMoment.parse('2019-12-03T14:32:12Z'),
    } as const
    expect(valueOf(await client.createPerfectAnswer(fields))).toMatchObject({
      patientId: expect.any(String),
      encounterId: expect.any(String),
    })
    expect(await client.createPerfectAnswer(fields)).toMatchObject({
      ok: false,
      failure: {
        kind: 'validation',
        outcomeKnown: true,
        message: expect.stringMatching(/already been created for the patient within 24 hours/),
      },
    })
  })
})

describe('a context-aware link', () => {
  it('opens the visit in the simulated tenant, which decrypts it', async () => {
    const { simulator } = await startTenant()
    const { baseUrl, linkingSecret } = simulator.solo
    const { id } = visitOf(simulator.solo)
    const context = linkContext.parse({
      user: 'dr.smith@example.org',
      type: 'medicalAssistant',
      visit: String(id),
      date: at,
      patient: { id: '220001', sex: 'female', dob: '1988-03-03', firstName: 'Jäne', lastName: 'Döe' },
    })
    // Base64 has a + or a / nearly every time; a link that is encoded wrongly fails sooner or later.
    for (let n = 0; n < 20; n += 1) {
      const link = valueOf(contextAwareLink(baseUrl, linkingSecret, context))
      const answer = await fetch(link, { redirect: 'manual' })
      expect(answer.headers.get('location')).toBe(`${baseUrl}/videocalls/${id}`)
    }
    expect(simulator.solo.openedLinks().at(-1)).toMatchObject({
      type: 'medicalAssistant',
      patient: { firstName: 'Jäne', lastName: 'Döe' },
    })
  })
})

describe('webhooks', () => {
  it('are made, listed without their keys, read, changed and deleted', async () => {
    const { client } = await startTenant()
    const endpoint = 'https://relay.example.org/solo'
    const made = valueOf(await client.createWebhook({ endpoint, events: ['appointment:scheduled'] }))
    const { encryptionKey, ...webhook } = made
    expect(Buffer.from(encryptionKey, 'base64')).toHaveLength(16)
    expect(valueOf(await client.listWebhooks())).toEqual([webhook])
    expect(valueOf(await client.getWebhook(made.id))).toEqual(made)
    const changed = valueOf(await client.updateWebhook(made.id, { endpoint, events: ['episode:created'] }))
    expect(changed).toEqual({ ...webhook, events: ['episode:created'] })
    expect(await client.deleteWebhook(made.id)).toMatchObject({ ok: true })
    expect(valueOf(await client.listWebhooks())).toEqual([])
  })
})

describe('assistance requests', () => {
  it.each([
    { building: 'hospital', floor: 'floor 2', room: '431', bed: 'bed 2' },
    { department: 'emergency department', room: '431' },
    { patientMrn: '1234' },
    { deviceSerialNumber: '123457' },
  ])('are made, read with a body in the GET, and cancelled with a body in the DELETE: %o', async (place) => {
    const { client, simulator } = await startTenant()
    const made = valueOf(await client.createAssistanceRequest(place))
    expect(made).toMatchObject({ device: '123457', createdFromExternalApi: true })
    expect(valueOf(await client.getAssistanceRequest(place)).id).toBe(made.id)
    expect(await client.cancelAssistanceRequest(place)).toMatchObject({ ok: true })
    expect(await client.getAssistanceRequest(place)).toMatchObject({ ok: false, failure: { kind: 'gone' } })
    const bodies = simulator
      .requests(({ endpoint }) => endpoint.startsWith('solo-assistance'))
      .map(({ method, body }) => [method, JSON.parse(body.toString())])
    expect(bodies).toEqual(['POST', 'GET', 'DELETE', 'GET'].map((method) => [method, place]))
  })
})
