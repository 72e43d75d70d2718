import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { soloOptions } from '../../../electron/command-line/solo-call.ts'
import { soloCalls } from '../../../electron/command-line/solo-calls.ts'
import { createHttp } from '../../../electron/http/http.ts'
import { createSoloClient } from '../../../electron/solo/client.ts'

/** docs/solo.md promises that every endpoint has a function, a command and a test. This holds it to that. */

const root = fileURLToPath(new URL('../../../', import.meta.url))
const page = readFileSync(`${root}docs/solo.md`, 'utf8')

/** Every endpoint of the vendor's page, in its order. */
const vendorsEndpoints = [
  'GET /qapi/v1/patients/{patient_id}',
  'GET /qapi/v1/patients/id/type/SPID/value/{solo_patient_id}',
  'PUT /qapi/v1/patients/{patient_id}',
  'PUT /qapi/v1/patients/id/type/SPID/value/{solo_patient_id}',
  'POST /qapi/v1/patients',
  'POST /qapi/v1/patients/{patient_id}/appointments',
  'POST /qapi/v1/patients/HSID/{hsid}/appointments',
  'POST /qapi/v1/patients/id/type/SPID/value/{solo_patient_id}/appointments',
  'GET /qapi/v1/appointments/{appointment_id}/provider-link',
  'GET /qapi/v1/appointments/{appointment_id}/msteams-provider-link',
  'GET /qapi/v1/appointments/{external_appointment_id}/video-call-links',
  'GET /qapi/v1/appointments/id/type/SAID/value/{solo_appointment_id}/video-call-links',
  'PUT /qapi/v1/appointments/{appointment_id}',
  'GET /qapi/v1/appointments/{appointment_id}',
  'GET /qapi/v1/waiting-rooms',
  'GET /qapi/v1/appointments/{appointment_id}/visit-note',
  'PUT /qapi/v1/appointments/{appointment_id}/visit-note',
  'GET /qapi/v1/appointment-slots',
  'POST /qapi/v1/appointments/{appointmentId}/attachments',
  'GET /qapi/v1/appointments/{appointmentId}/attachments',
  'DELETE /qapi/v1/appointments/{appointmentId}/attachments/{attachmentId}',
  'POST /qapi/v1/patients/{patient_id}/documents',
  'POST /qapi/v1/patients/{patient_id}/episodes',
  'GET /qapi/v1/patients/{patient_id}/episodes',
  'GET /qapi/v1/episodes/{episode_id}',
  'PUT /qapi/v1/episodes/{episode_id}',
  'GET /qapi/v1/episodes/{episode_id}/appointments',
  'PUT /qapi/v1/appointments/{appointment_id}/episode/assign',
  'GET /qapi/v1/reports/csv-data-dump',
  'POST /qapi/v1/encounter-report/create',
  'GET /qapi/v1/encounter-report/status/{reportId}',
  'GET /qapi/v1/encounter-report/download/{reportId}',
  'POST /qapi/v1/perfect-answer',
  'GET /integrations/linking',
  'POST /qapi/v1/webhooks',
  'PUT /qapi/v1/webhooks/{webhookId}',
  'GET /qapi/v1/webhooks',
  'DELETE /qapi/v1/webhooks/{webhookId}',
  'GET /qapi/v1/webhooks/{webhookId}',
  'POST /qapi/v1/request-assistance',
  'GET /qapi/v1/request-assistance',
  'DELETE /qapi/v1/request-assistance',
]

/** Cells of the table with this heading, without the heading and the rule under it. */
function rowsOf(...heading: readonly string[]): string[][] {
  const lines = page.split('\n').map((line) => (line.startsWith('|') ? cellsOf(line) : null))
  const start = lines.findIndex((cells) => cells?.join('|') === heading.join('|'))
  const end = lines.indexOf(null, start)
  return lines.slice(start + 2, end === -1 ? undefined : end).filter((row) => row !== null)
}

function cellsOf(line: string): string[] {
  return line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim())
}

const codes = (cell: string | undefined): string[] =>
  [...(cell ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '')
const code = (cell: string | undefined): string => codes(cell)[0] ?? ''

const endpoints = rowsOf('Endpoint', 'Parameters and body', 'Client function', 'Command', 'Test').map(
  ([endpoint, parameters, call, command, test]) => ({
    endpoint: code(endpoint),
    parameters: codes(parameters),
    body: /body: ([a-z ]+)/.exec(parameters ?? '')?.[1]?.trim() ?? null,
    call: code(call),
    command: code(command),
    test: code(test),
  }),
)
const proofs = rowsOf('What', 'Test file', 'Test').map(([, file, test]) => ({
  file: code(file),
  test: code(test),
}))

function hasTest(file: string, title: string): boolean {
  const path = `${root}${file}`
  return title !== '' && existsSync(path) && readFileSync(path, 'utf8').includes(`'${title}'`)
}

describe('the table of endpoints', () => {
  it('has every endpoint of the vendor, and no other', () => {
    expect(endpoints.map(({ endpoint }) => endpoint)).toEqual(vendorsEndpoints)
  })

  it('names the functions of the client, all of them and no others', async () => {
    const http = createHttp({ proxy: 'none', extraCa: null, now: Date.now, environment: {} })
    const client = createSoloClient({
      baseUrl: 'http://127.0.0.1',
      credentials: () => Promise.resolve(null),
      http,
      random: Math.random,
    })
    await http.close()
    const named = endpoints.map(({ call }) => call)
    expect(named.toSorted()).toEqual([...Object.keys(client), 'contextAwareLink'].toSorted())
  })

  it('names the commands, all of them and no others, each with its options and whether it takes a body', () => {
    const named = endpoints.map(({ command }) => command)
    expect(named.toSorted()).toEqual(
      Object.keys(soloCalls)
        .map((name) => `solo ${name}`)
        .toSorted(),
    )
    for (const [name, { options, takesBody }] of Object.entries(soloCalls)) {
      const row = endpoints.find(({ command }) => command === `solo ${name}`)
      const written = row?.parameters.filter((text) => text.startsWith('--')) ?? []
      expect([name, ...written]).toEqual([name, ...options.map((option) => `--${option}`)])
      for (const option of options) expect(row?.parameters).toContain(soloOptions[option].field)
      expect([name, row?.body !== null]).toEqual([name, takesBody])
    }
  })

  it('names every part of a path, and only bodies that are described', () => {
    const described = rowsOf('Body', 'Fields').map(([name]) => name)
    for (const { endpoint, parameters } of endpoints) {
      for (const [, part] of endpoint.matchAll(/\{(\w+)\}/g)) expect(parameters).toContain(part)
    }
    const bodies = endpoints.flatMap(({ body }) => (body === null ? [] : [body]))
    expect(bodies.filter((body) => !described.includes(body))).toEqual([])
  })

  it('names tests that exist', () => {
    const file = 'test/integration/solo/endpoints.test.ts'
    expect(endpoints.filter(({ test }) => !hasTest(file, test))).toEqual([])
  })
})

describe('the table of what is true of every call', () => {
  it('names tests that exist', () => {
    expect(proofs.length).toBeGreaterThan(20)
    expect(proofs.filter(({ file, test }) => !hasTest(file, test))).toEqual([])
  })
})
