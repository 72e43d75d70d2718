import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sampleParagraphs } from '../../support/pdf/write-report-pdf.ts'
import { pdfReport, srReport } from '../../support/station/sample-reports.ts'
import { idOf, useSite } from '../../support/station/site.ts'
import { bytesBelow } from '../../support/station/workbench.ts'

const site = useSite({ settings: { worklist: { refreshSeconds: 5 } } })

const droppedNames = [
  'Quillon scan.pdf',
  'Marrowby.dcm',
  'Feathersby.pdf',
  'Throttlewood.pdf',
  'Kettleness.pdf',
]
const typedText = 'Typed by a person: the scaphoid is intact, says the radiologist.'

/** A text as it would be found in a file, however a careless program had written it. */
function writings(text: string): Buffer[] {
  const utf8 = Buffer.from(text, 'utf8')
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), utf8]).toString('base64')
    // Without the characters that depend on what stands before and after.
    return encoded.slice(shift === 0 ? 0 : 4, encoded.length - 4)
  })
  return [
    utf8,
    Buffer.from(text, 'utf16le'),
    Buffer.from(utf8.toString('hex')),
    Buffer.from(utf8.toString('hex').toUpperCase()),
    Buffer.from(encodeURIComponent(text)),
    Buffer.from(JSON.stringify(text).slice(1, -1)),
    ...base64.filter((encoded) => encoded.length >= 8).map((encoded) => Buffer.from(encoded)),
  ]
}

/** Everything that must not be found: secrets, tokens, addresses with signatures, patients, texts, dropped names. */
function forbidden(): string[] {
  const { simulator, seeds } = site
  const patients = seeds.flatMap(({ firstName, lastName, dateOfBirth }) => [
    ...[firstName, lastName].filter((name) => typeof name === 'string' && name.length >= 5),
    dateOfBirth ?? '',
    (dateOfBirth ?? '').replaceAll('-', ''),
  ])
  const tokens = simulator.requests().flatMap(({ headers }) => {
    const value = headers['authorization']
    return value === undefined ? [] : [value.replace('Bearer ', '')]
  })
  const signatures = simulator
    .requests(({ endpoint }) => endpoint === 'put' || endpoint === 'get-object')
    .flatMap(({ query }) => [new URLSearchParams(query).get('X-Amz-Signature') ?? ''])
  const words = [
    ...patients,
    ...tokens,
    ...signatures,
    ...simulator.clients.map(({ clientSecret }) => clientSecret),
    ...droppedNames,
    ...sampleParagraphs.flatMap((paragraph) => [paragraph, paragraph.slice(0, 40)]),
    typedText,
    'X-Amz-Signature',
    'X-Amz-Credential',
  ]
  return [...new Set(words)].filter((word): word is string => word !== undefined && word !== '')
}

async function findings(stderr: string): Promise<string[]> {
  const places = new Map<string, Buffer>()
  for (const [path, bytes] of await bytesBelow(site.bench.profile)) places.set(`profile/${path}`, bytes)
  for (const [path, bytes] of await bytesBelow(join(site.bench.drop, '.radpost')))
    places.set(`.radpost/${path}`, bytes)
  for (const path of Array.from(places.keys())) places.set(`name of ${path}`, Buffer.from(path))
  places.set('standard error', Buffer.from(stderr))
  const found: string[] = []
  for (const word of forbidden()) {
    const forms = writings(word)
    for (const [place, bytes] of places) {
      if (forms.some((form) => bytes.includes(form))) found.push(`${word} in ${place}`)
    }
  }
  return found
}

describe('what a station leaves behind', () => {
  it('has no secret, patient, text, dropped name or presigned address in profile, .radpost/ or standard error', async () => {
    const { bench, simulator, study } = site
    const delivered = await pdfReport(study('A100003'))
    await bench.put(droppedNames[0] ?? '', delivered)
    await bench.put(droppedNames[1] ?? '', srReport(study('A100004')))
    await bench.put(
      droppedNames[2] ?? '',
      await pdfReport({ ...study('A100005'), dateOfBirth: '1961-11-29' }),
    )
    await bench.put(droppedNames[3] ?? '', await pdfReport(study('A100006')))
    await bench.put(`${droppedNames[0]}.json`, JSON.stringify({ reportText: typedText }))
    simulator.fault({
      endpoint: 'report',
      appointmentId: 'A100006',
      times: 'always',
      fault: { kind: 'throttle', retryAfter: { seconds: 300 } },
    })
    simulator.fault({
      endpoint: 'report',
      appointmentId: 'A100007',
      fault: {
        kind: 'problem',
        status: 400,
        detail: `Refused for ${study('A100007').patientName}: ${sampleParagraphs[1]}`,
      },
    })
    await bench.put(droppedNames[4] ?? '', await pdfReport(study('A100007')))

    const first = await site.once()
    expect(first.code).toBe(3)
    const waiting = first.events.filter((event) => event.event === 'waiting')
    expect(waiting.map((event) => event.file)).toContain(droppedNames[3])
    expect(await findings(first.stderr)).toEqual([])

    const person = ['--by', 'Dr Rory', '--reason', 'checked']
    const resolved = await bench.run([
      'resolve',
      idOf(first.events, droppedNames[2] ?? ''),
      '--appointment',
      'A100005',
      '--birth-date',
      '1994-02-28',
      ...person,
    ])
    // Zoë Müller's is the study before; a wrong date is kept, and found wrong by the next run.
    expect(resolved.code).toBe(0)

    // Killed in the middle, with an address given out and its upload under way.
    await bench.put('Quillon again.pdf', await pdfReport(study('A100012')))
    simulator.fault({ endpoint: 'put', fault: { kind: 'hold', when: 'after' } })
    const running = bench.start(['run', '--json'])
    await simulator.waitForRequest(({ endpoint, phase }) => endpoint === 'put' && phase === 'received', {
      phase: 'received',
    })
    const killed = await running.kill()
    expect(await findings(`${first.stderr}${resolved.stderr}${killed.stderr}`)).toEqual([])
    const settings = await readFile(join(bench.profile, 'settings.json'), 'utf8')
    expect(settings).not.toContain('secret')
  })
})
