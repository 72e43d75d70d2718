import { describe, expect, it } from 'vitest'
import { refusalSentences, type Refusal } from '../../../electron/qualiphy/answers.ts'
import type { Result } from '../../../electron/http/outcome.ts'
import type { Switches } from '../../simulator/simulator.ts'
import { everything, required } from '../../unit/qualiphy/samples.ts'
import { closedPort, open } from '../qubs/http-core.ts'
import {
  breakInBody,
  hangUp,
  json,
  silence,
  startScriptedServer,
  text,
  type Reply,
} from '../qubs/scripted-server.ts'
import { clientFor, inviteOf, startClinic } from './clinic.ts'

const key = 'hunter2-the-key-of-the-clinic'
const what = { invite: inviteOf(required), additionalData: '{"radpost":"t"}' }

function failureOf<T>(result: Result<T>) {
  if (result.ok) throw new Error('This must fail.')
  return result.failure
}

describe('exam_invite', () => {
  it('sends every documented field, the key in the body and nowhere else', async () => {
    const server = await startScriptedServer()
    server.on('POST /api/exam_invite/', json(200, answer))
    const { additional_data: _, ...rest } = everything
    const result = await clientFor(server.url, key).invite({
      invite: inviteOf(everything),
      additionalData: 'T',
    })
    expect(result).toMatchObject({ ok: true })
    const [sent] = server.seen
    expect(JSON.parse(String(sent?.body))).toEqual({
      api_key: key,
      ...rest,
      pharmacy_id: 17,
      additional_data: 'T',
    })
    expect(JSON.stringify([sent?.url, sent?.headers])).not.toContain(key)
    expect(sent?.headers).toMatchObject({ 'content-type': 'application/json' })
  })

  const answer = {
    http_code: 200,
    meeting_url: 'https://app.qualiphy.me/meeting/example-id',
    meeting_uuid: 'example-id',
    patient_exams: [{ patient_exam_id: 4844, exam_title: 'GFE Test', exam_id: 800 }],
  }

  it('is a success with http_code 200 and link, uuid and exams together', async () => {
    const { simulator, client } = await startClinic()
    const [exam] = simulator.qualiphy.exams().filter(({ rxType }) => rxType === null)
    const result = await client.invite({ ...what, invite: { ...what.invite, exams: [exam?.id ?? 0] } })
    const [made] = simulator.qualiphy.invites()
    expect(result).toMatchObject({
      ok: true,
      value: {
        link: made?.meetingUrl,
        meetingUuid: made?.meetingUuid,
        exams: [{ patientExamId: String(made?.patientExams[0]?.patientExamId), title: exam?.title }],
      },
    })
  })

  it.each<[string, unknown]>([
    ['http_code 201', { ...answer, http_code: 201 }],
    ['no http_code', { ...answer, http_code: undefined }],
    ['no link', { ...answer, meeting_url: '' }],
    ['a link that is none', { ...answer, meeting_url: 'javascript:alert(1)' }],
    ['no uuid', { ...answer, meeting_uuid: undefined }],
    ['no exams', { ...answer, patient_exams: [] }],
    ['http_code 500', { http_code: 500, error_message: 'Something went wrong.' }],
    ['a list', [answer]],
    ['nothing', null],
  ])('is no success with %s, and may have been sent', async (_, body) => {
    const server = await startScriptedServer()
    server.on('POST /api/exam_invite/', json(200, body))
    const failure = failureOf(await clientFor(server.url, key).invite(what))
    expect(failure.outcomeKnown).toBe(false)
    expect(server.seen).toHaveLength(1)
  })

  it.each<[Refusal, Partial<Switches>, string]>([
    ['provider-missing', { qualiphyAccount: 'no-provider' }, 'Qualiphy portal'],
    ['contract', { qualiphyAccount: 'no-contract' }, 'DocuSign'],
    [
      'prescriptive-contract',
      { qualiphyAccount: 'no-prescriptive-contract' },
      'Prescriptive Services Contract',
    ],
  ])('answered with %s says who must do what', async (code, switches, word) => {
    const { simulator, client } = await startClinic(switches)
    const failure = failureOf(await client.invite(what))
    expect(failure).toMatchObject({ kind: 'auth', code, outcomeKnown: true, message: refusalSentences[code] })
    expect(failure.message).toContain(word)
    expect(simulator.qualiphy.invites()).toEqual([])
  })

  it('answered with 400 says that no field was named', async () => {
    const { simulator, client } = await startClinic()
    const failure = failureOf(await client.invite({ ...what, invite: { ...what.invite, exams: [999_999] } }))
    expect(failure).toMatchObject({ kind: 'validation', code: 'invalid-request', outcomeKnown: true })
    expect(simulator.qualiphy.refusals()).toHaveLength(1)
  })

  it('answered with 401 and a wrong key says that the key is wrong', async () => {
    const { simulator } = await startClinic()
    const failure = failureOf(await clientFor(simulator.qualiphy.baseUrl, key).invite(what))
    expect(failure).toMatchObject({ code: 'unauthorized', message: refusalSentences.unauthorized })
  })

  it('answered with 401 in other words blames nobody', async () => {
    const server = await startScriptedServer()
    server.on('POST /api/exam_invite/', json(401, { error_message: 'Account on hold.' }))
    expect(failureOf(await clientFor(server.url, key).invite(what))).toMatchObject({
      code: 'refused',
      outcomeKnown: true,
    })
    server.on(
      'POST /api/exam_invite/',
      json(200, { http_code: 401, error_message: 'Need to sign contract!' }),
    )
    expect(failureOf(await clientFor(server.url, key).invite(what))).toMatchObject({
      code: 'contract',
      outcomeKnown: true,
    })
  })

  it.each<['idle' | 'busy', number]>([
    ['idle', 0],
    ['busy', 1],
  ])('answered with 500 may have been sent (%s), and is not tried again', async (qualiphyOutage, invites) => {
    const { simulator, client } = await startClinic({ qualiphyOutage })
    const [exam] = simulator.qualiphy.exams().filter(({ rxType }) => rxType === null)
    const failure = failureOf(
      await client.invite({ ...what, invite: { ...what.invite, exams: [exam?.id ?? 0] } }),
    )
    expect(failure).toMatchObject({ code: 'server-error', outcomeKnown: false })
    expect(simulator.qualiphy.invites()).toHaveLength(invites)
    expect(simulator.requests(({ endpoint }) => endpoint === 'qualiphy-invite')).toHaveLength(1)
  })

  it.each<[string, Reply]>([
    ['a lost answer', hangUp],
    ['half an answer', breakInBody],
    ['a web page instead of an answer', text(200, '<html>sign in</html>', { 'content-type': 'text/html' })],
    ['502 of a gateway', text(502, '<html>bad gateway</html>')],
    ['408', text(408, '')],
  ])('that ends with %s may have been sent, and is not tried again', async (_, reply) => {
    const server = await startScriptedServer()
    server.on('POST /api/exam_invite/', reply)
    const failure = failureOf(await clientFor(server.url, key).invite(what))
    expect(failure.outcomeKnown).toBe(false)
    expect(server.seen).toHaveLength(1)
  })

  it('that is not answered in time may have been sent', async () => {
    const server = await startScriptedServer()
    server.on('POST /api/exam_invite/', silence)
    const failure = failureOf(await clientFor(server.url, key, { timeoutMs: 300 }).invite(what))
    expect(failure).toMatchObject({ kind: 'unknown', outcomeKnown: false })
    expect(server.seen).toHaveLength(1)
  })

  it('that never left was not sent', async () => {
    const failure = failureOf(await clientFor(`http://127.0.0.1:${await closedPort()}`, key).invite(what))
    expect(failure).toMatchObject({ kind: 'network', outcomeKnown: true })
    expect(failureOf(await clientFor('https://x.example.com', null).invite(what))).toMatchObject({
      code: 'no-credentials',
      outcomeKnown: true,
    })
    const locked = { credentials: () => Promise.reject(new Error('locked')) }
    expect(failureOf(await clientFor('https://x.example.com', key, locked).invite(what))).toMatchObject({
      code: 'keychain',
      outcomeKnown: true,
    })
  })

  it('throttled (429) was not sent, and is not tried again either', async () => {
    const { simulator, client } = await startClinic({ qualiphyCallsPerMinute: 0 })
    expect(failureOf(await client.invite(what))).toMatchObject({ kind: 'throttled', outcomeKnown: true })
    expect(simulator.requests(({ endpoint }) => endpoint === 'qualiphy-invite')).toHaveLength(1)
  })

  it('follows no redirect, and its path is a setting', async () => {
    const { simulator } = await startClinic({ qualiphySlash: 'redirect' })
    const { baseUrl, apiKey } = simulator.qualiphy
    const settings = { baseUrl, invitePath: '/api/exam_invite' }
    const failure = failureOf(await clientFor(baseUrl, apiKey, { settings }).invite(what))
    expect(failure).toMatchObject({ code: 'redirect', status: 301 })
    expect(simulator.requests(({ endpoint }) => endpoint === 'qualiphy-invite')).toHaveLength(1)
  })
})

describe('exam_list', () => {
  it('lists the exams, as an object or as a bare list', async () => {
    for (const qualiphyExamList of ['object', 'array'] as const) {
      const { simulator, client } = await startClinic({ qualiphyExamList })
      const wanted = simulator.qualiphy.exams().map((exam) => ({ ...exam, rxType: exam.rxType ?? 0 }))
      expect(await client.listExams()).toMatchObject({ ok: true, value: { exams: wanted, unreadable: 0 } })
    }
  })

  it('reads each exam on its own, and counts those that it cannot read', async () => {
    const server = await startScriptedServer()
    const exams = [
      { id: '7', title: 3, rx_type: 'x' },
      { id: 0 },
      null,
      { id: 8, title: 'B', rx_type: '2', price: '1.00' },
    ]
    server.on('POST /api/exam_list', json(200, { clinic_id: 1, exams }))
    expect(await clientFor(server.url, key).listExams()).toMatchObject({
      ok: true,
      value: {
        exams: [
          { id: 7, title: '', rxType: null },
          { id: 8, title: 'B', rxType: 2 },
        ],
        unreadable: 2,
      },
    })
  })

  it('is tried again, because it changes nothing', async () => {
    const server = await startScriptedServer()
    server.on('POST /api/exam_list', hangUp, json(500, {}), json(200, []))
    expect(await clientFor(server.url, key).listExams()).toMatchObject({ ok: true })
    expect(server.seen).toHaveLength(3)
    const { client } = await startClinic({ qualiphyExamList: 'missing' })
    expect(failureOf(await client.listExams())).toMatchObject({ kind: 'gone', outcomeKnown: true })
  })
})

describe('exam_invite_resend', () => {
  it('sends the link again three times, and the fourth is refused', async () => {
    const { simulator, client } = await startClinic()
    const [exam] = simulator.qualiphy.exams().filter(({ rxType }) => rxType === null)
    const invited = await client.invite({ ...what, invite: { ...what.invite, exams: [exam?.id ?? 0] } })
    if (!invited.ok) throw new Error(invited.failure.message)
    const { meetingUuid, exams } = invited.value
    const again = () => client.resend({ meetingUuid, patientExamId: exams[0]?.patientExamId ?? '' })
    for (const _ of [1, 2, 3]) expect(await again()).toMatchObject({ ok: true })
    expect(failureOf(await again())).toMatchObject({ code: 'invalid-request', outcomeKnown: true })
    expect(simulator.qualiphy.invites()[0]?.patientExams[0]?.resends).toBe(3)
  })

  it('is no success without http_code 200, and not tried again', async () => {
    const server = await startScriptedServer()
    const resend = () => clientFor(server.url, key).resend({ meetingUuid: 'm', patientExamId: '4' })
    server.on('POST /api/exam_invite_resend', json(200, {}))
    expect(failureOf(await resend()).outcomeKnown).toBe(false)
    server.on('POST /api/exam_invite_resend', hangUp)
    expect(failureOf(await resend()).outcomeKnown).toBe(false)
    expect(server.seen.map(({ body }) => JSON.parse(String(body)) as unknown)).toEqual(
      Array.from({ length: 2 }, () => ({ api_key: key, meeting_uuid: 'm', patient_exam_id: 4 })),
    )
  })
})

describe('the key', () => {
  it('is in no result, whatever the server repeats', async () => {
    const server = await startScriptedServer()
    const echo =
      (status: number, type: string): Reply =>
      (response, _request, { body }) => {
        const said = JSON.stringify({
          error_message: String(body),
          message: key,
          error: key,
          http_code: status,
        })
        response.writeHead(status, { 'content-type': type, 'x-correlation-id': key }).end(said)
      }
    const statuses = [200, 201, 302, 400, 401, 403, 404, 409, 422, 429, 500, 503]
    for (const status of statuses) {
      for (const type of ['application/json', 'text/html']) {
        server.on('POST /', echo(status, type))
        const client = clientFor(server.url, key, { http: open() })
        const results = [
          await client.invite({ ...what, invite: inviteOf(everything) }),
          await client.listExams(),
          await client.resend({ meetingUuid: 'm', patientExamId: '4' }),
        ]
        const said = JSON.stringify(results)
        expect(said).not.toContain('hunter2')
        expect(said).not.toMatch(/aoife|15552223232|1961/i)
      }
    }
  })
})
