import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { pdfReport, srReport } from '../../support/station/sample-reports.ts'
import { idOf, outcomes, sha256, useSite } from '../../support/station/site.ts'

const site = useSite()
const entries = z.array(
  z.looseObject({ what: z.string(), id: z.string().optional(), by: z.string().optional() }),
)
const practiceLists = z.looseObject({
  practices: z.array(z.looseObject({ appointments: z.array(z.unknown()) })),
})
const person = ['--by', 'Dr Rory', '--reason', 'checked']
const run = (...args: readonly string[]) => site.bench.run(args)

describe('usage', () => {
  it.each<[name: string, args: readonly string[]]>([
    ['no command', []],
    ['an unknown command', ['fly']],
    ['an unknown option', ['run', '--twice']],
    ['too many words', ['deliveries', 'all']],
    ['a date that is none', ['deliveries', '--since', 'yesterday']],
    ['inspect without a file', ['inspect']],
    ['inspect of a file that is not there', ['inspect', '/nowhere/report.pdf']],
    ['resolve without a person', ['resolve', 'x', '--appointment', 'A100003', '--reason', 'r']],
    ['resolve without a reason', ['resolve', 'x', '--appointment', 'A100003', '--by', 'n']],
    ['resolve of nothing', ['resolve', 'no-such-id', '--appointment', 'A100003', ...person]],
    ['resolve with a bad date', ['resolve', 'x', '--birth-date', '3 March', ...person]],
    ['retry without an id', ['retry']],
    ['discard without a person', ['discard', 'x']],
    ['submit without a text', ['submit', 'A100003', '--status', 'final']],
    ['submit with a bad status', ['submit', 'A100003', '--text-file', 'x', '--status', 'done']],
    ['comment without a text', ['comment', 'A100003']],
    ['comment of a bad type', ['comment', 'A100003', '--text', 'x', '--type', 'XX']],
    ['credentials without a what', ['credentials', 'set']],
    ['credentials of something else', ['credentials', 'set', 'qbus']],
    ['an unknown call', ['qubs', 'delete']],
    ['diagnostics without a file', ['diagnostics']],
    ['a practice that is not set up', ['qubs', 'pending', '--domain', 'other']],
  ])('is refused with 2 and one clear sentence: %s', async (_, args) => {
    const result = await run(...args)
    expect(result.code).toBe(2)
    expect(result.stdout).toBe('')
    expect(result.stderr).toMatch(/^\S/)
    expect(result.stderr).not.toMatch(/\n\s+at |undefined/)
  })

  it('is told on request', async () => {
    const result = await run('help')
    expect(result.code).toBe(0)
    for (const name of [
      'run',
      'worklist',
      'deliveries',
      'inspect',
      'resolve',
      'retry',
      'discard',
      'submit',
      'comment',
      'credentials',
      'qubs',
      'audit',
      'diagnostics',
    ]) {
      expect(result.stderr).toContain(`  ${name} `)
    }
  })
})

describe('worklist', () => {
  it('prints one complete pass', async () => {
    const result = await run('worklist', '--json')
    expect(result.code).toBe(0)
    expect(result.json).toMatchObject({
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      practices: [{ domain: 'acme', complete: true, unreadable: 0 }],
    })
    const { practices } = practiceLists.parse(result.json)
    expect(practices[0]?.appointments).toHaveLength(12)
  })

  it('counts rows that cannot be read, and ends with 5 when the server refuses', async () => {
    site.simulator.fault({ endpoint: 'pending', fault: { kind: 'unreadable-row' } })
    expect((await run('worklist', '--json')).json).toMatchObject({
      practices: [{ complete: true, unreadable: 1 }],
    })
    site.simulator.fault({
      endpoint: 'token',
      times: 'always',
      fault: { kind: 'token-error', error: 'invalid_client' },
    })
    const refused = await run('worklist', '--json')
    expect(refused.code).toBe(5)
    expect(refused.json).toMatchObject({ practices: [{ complete: false, appointments: [] }] })
    expect(refused.stderr).toContain('invalid_client')
  })
})

describe('deliveries, audit and inspect', () => {
  it('tell what became of every file, beside a running station as well', async () => {
    const { bench, study } = site
    expect((await run('deliveries', '--json')).json).toEqual([])
    await bench.put('good.dcm', srReport(study('A100003')))
    await bench.put('unnamed.pdf', await pdfReport({ ...study('A100005'), appointmentId: '' }))
    const station = bench.start(['run', '--json'])
    await station.waitFor((event) => event.event === 'delivered')
    await station.waitFor((event) => event.event === 'held')

    const [all, held, later, inUse, audit] = await Promise.all([
      run('deliveries', '--json'),
      run('deliveries', '--held', '--json'),
      run('deliveries', '--since', '2999-01-01T00:00:00Z', '--json'),
      run('retry', 'anything'),
      run('audit', '--json'),
    ])
    await station.stop()

    expect(all.code).toBe(0)
    expect(all.json).toMatchObject([
      {
        file: 'good.dcm',
        state: 'delivered',
        reason: null,
        message: null,
        domain: 'acme',
        appointmentId: 'A100003',
        status: 'final',
        attempts: 1,
        nextTryAt: null,
        receipt: { reportGuid: study('A100003').reports[0]?.reportGuid },
      },
      {
        file: 'unnamed.pdf',
        state: 'held',
        reason: 'study-unnamed',
        message: expect.stringMatching(/\.$/),
        receipt: null,
      },
    ])
    expect(held.json).toHaveLength(1)
    expect(later.json).toEqual([])
    expect(inUse.code).toBe(4)
    expect(inUse.stderr).toBe(
      `The profile is in use by process ${station.process.pid}. Stop it first, or use another --profile.\n`,
    )
    expect(audit.code).toBe(0)
    const id = idOf(station.events, 'good.dcm')
    const own = entries.parse((await run('audit', '--id', id, '--json')).json)
    expect(own.every((entry) => entry.id === id)).toBe(true)
    expect(own.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['seen', 'planned', 'attempt', 'answer', 'delivered']),
    )
  })

  it('inspect says what a file is, and sends and keeps nothing', async () => {
    const { bench, study } = site
    const path = join(bench.folder, 'A100003.pdf')
    await writeFile(path, await pdfReport(study('A100003')))
    const report = await run('inspect', path, '--json')
    expect(report.code).toBe(0)
    expect(report.json).toMatchObject({
      verdict: 'report',
      reason: null,
      kind: 'pdf',
      status: 'preliminary',
      identifiers: { patientIds: ['220002'], appointmentIds: ['A100003'] },
      text: expect.stringContaining('The lungs are clear'),
      warnings: [],
      match: { kind: 'matched' },
    })
    await writeFile(`${path}.json`, JSON.stringify({ reportStatus: 'final', reportText: 'Its own.' }))
    const beside = { status: 'final', text: 'Its own.' }
    expect((await run('inspect', path, '--json')).json).toMatchObject(beside)
    await bench.writeSettings({ dropFolder: { sidecar: 'none' } })
    const ignored = await run('inspect', path, '--json')
    expect(ignored.json).toMatchObject({ status: 'preliminary', text: expect.stringContaining('The lungs') })
    await writeFile(path, 'no report at all')
    const held = await run('inspect', path, '--json')
    expect(held.code).toBe(3)
    expect(held.json).toMatchObject({
      verdict: 'held',
      reason: 'not-a-report',
      kind: null,
      status: null,
      match: null,
    })
    expect(existsSync(join(bench.profile, 'journal.sqlite'))).toBe(false)
    expect(site.requests('upload-urls')).toHaveLength(0)
  })
})

describe('resolve and discard', () => {
  it('carry a person’s decision through, with the birth date where the document contradicts', async () => {
    const { bench, study } = site
    const right = study('A100003')
    await bench.put('unnamed.pdf', await pdfReport({ ...study('A100005'), appointmentId: '' }))
    await bench.put('misspelt.pdf', await pdfReport({ ...right, firstName: 'Sean', lastName: 'OBrian' }))
    await bench.put('unclear.dcm', srReport(study('A100006'), { verifyingObserver: undefined }))
    await bench.put('other.pdf', 'no report')
    const first = await site.once()
    expect(outcomes(first.events)).toEqual({
      'unnamed.pdf': 'held study-unnamed',
      'misspelt.pdf': 'held identity-mismatch',
      'unclear.dcm': 'held status-unclear',
      'other.pdf': 'held not-a-report',
    })
    const id = (file: string): string => idOf(first.events, file)
    expect((await run('resolve', id('misspelt.pdf'), '--appointment', 'A100003', ...person)).code).toBe(2)
    expect((await run('resolve', id('other.pdf'), '--appointment', 'A100003', ...person)).code).toBe(2)
    expect((await run('retry', id('unnamed.pdf'))).code).toBe(2)
    await run('resolve', id('unnamed.pdf'), '--appointment', 'A100005', ...person)
    await run('resolve', id('unclear.dcm'), '--status', 'final', ...person)
    await run(
      'resolve',
      id('misspelt.pdf'),
      '--appointment',
      'A100003',
      '--birth-date',
      '1900-01-01',
      ...person,
    )
    await run('discard', id('other.pdf'), ...person)
    const second = await site.once()
    expect(outcomes(second.events)).toEqual({
      'unnamed.pdf': 'delivered A100005 preliminary',
      'misspelt.pdf': 'held identity-mismatch',
      'unclear.dcm': 'delivered A100006 final',
    })
    expect(site.requests('report', 'A100003')).toHaveLength(0)
    await run(
      'resolve',
      id('misspelt.pdf'),
      '--appointment',
      'A100003',
      '--birth-date',
      right.dateOfBirth ?? '',
      ...person,
    )
    const third = await site.once()
    expect(outcomes(third.events)).toEqual({ 'misspelt.pdf': 'delivered A100003 preliminary' })
    expect(third.code).toBe(0)
    const audit = entries.parse((await run('audit', '--id', id('misspelt.pdf'), '--json')).json)
    expect(audit.filter(({ what }) => what === 'resolved').map(({ by }) => by)).toEqual([
      'Dr Rory',
      'Dr Rory',
    ])
  })
})

describe('submit and comment', () => {
  it('send what a person composed, a final report only with the patient’s birth date', async () => {
    const { bench, study } = site
    const text = join(bench.folder, 'report.txt')
    await writeFile(text, '  The scaphoid is intact.\r\nNo fracture.\n')
    const attachment = join(bench.folder, 'attachment.pdf')
    const bytes = await pdfReport(study('A100003'))
    await writeFile(attachment, bytes)
    const base = ['submit', 'A100003', '--text-file', text, '--status', 'final'] as const
    expect((await run(...base)).code).toBe(2)
    const wrong = await run(...base, '--confirm', '1900-01-01')
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('Nothing was sent')])
    expect(site.requests('report')).toHaveLength(0)

    const sent = await run(
      ...base,
      '--confirm',
      study('A100003').dateOfBirth ?? '',
      '--attach',
      attachment,
      '--by',
      'Dr Rory',
      '--json',
    )
    expect(sent.code).toBe(0)
    expect(sent.json).toMatchObject({ state: 'delivered', status: 'final', kind: 'composed' })
    expect(study('A100003').reports.map(({ reportText }) => reportText)).toEqual([
      '  The scaphoid is intact.\r\nNo fracture.\n',
    ])
    expect(study('A100003').artefacts.map((artefact) => artefact.sha256)).toEqual([sha256(bytes)])

    const gone = await run(...base, '--confirm', '1961-11-29')
    expect(gone.code).toBe(5)
  })

  it('sends no report twice, and none while its first sending is open', async () => {
    const text = join(site.bench.folder, 'report.txt')
    await writeFile(text, 'No fracture.')
    const again = ['submit', 'A100003', '--text-file', text, '--status', 'preliminary', '--json'] as const
    expect(await run(...again)).toMatchObject({ code: 0, json: { state: 'delivered' } })
    expect(await run(...again)).toMatchObject({ code: 0, json: { state: 'duplicate' } })
    expect(site.requests('report')).toHaveLength(1)

    await writeFile(text, 'A small fracture.')
    site.simulator.fault({ endpoint: 'report', fault: { kind: 'problem', status: 422 } })
    expect(await run(...again)).toMatchObject({ code: 3, json: { state: 'held', reason: 'rejected' } })
    const open = await run(...again)
    expect([open.code, open.stdout]).toEqual([3, ''])
    expect(open.stderr).toContain('Nothing was sent')
    expect(site.requests('report')).toHaveLength(2)
  })

  it('holds what would change a final report until a person releases it', async () => {
    const { bench, study, simulator } = site
    simulator.switches.finalLeavesPending = false
    const text = join(bench.folder, 'report.txt')
    await writeFile(text, 'No fracture.')
    const submit = (...more: string[]) =>
      run('submit', 'A100003', '--text-file', text, '--json', '--status', ...more)
    expect((await submit('final', '--confirm', study('A100003').dateOfBirth ?? '')).code).toBe(0)
    await writeFile(text, 'Still looking.')
    const held = await submit('preliminary')
    expect(held).toMatchObject({ code: 3, json: { state: 'held', reason: 'already-final' } })
    expect(site.requests('report')).toHaveLength(1)

    const { id } = z.looseObject({ id: z.string() }).parse(held.json)
    expect((await run('resolve', id, '--release', ...person)).code).toBe(0)
    await site.once()
    expect(site.requests('report')).toHaveLength(2)
  })

  it('takes no attachment that names another patient', async () => {
    const { bench, study } = site
    const text = join(bench.folder, 'report.txt')
    await writeFile(text, 'No fracture.')
    const attachment = join(bench.folder, 'attachment.pdf')
    await writeFile(attachment, await pdfReport(study('A100005')))
    const args = ['A100003', '--text-file', text, '--status', 'preliminary', '--attach', attachment]
    const refused = await run('submit', ...args)
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('Attachment 1: Its own content names another patient')
    expect(site.requests('upload-urls')).toHaveLength(0)
    expect(site.requests('report')).toHaveLength(0)
  })

  it('a comment is made once, with the pair of fields that its type wants', async () => {
    site.simulator.fault({ endpoint: 'comment-create', fault: { kind: 'reset-after' } })
    const sent = await run('comment', 'A100005', '--text', 'Phoned the result.', '--type', 'AA', '--json')
    expect(sent.code).toBe(0)
    expect(sent.json).toMatchObject({ state: 'delivered', kind: 'comment' })
    const made = site
      .study('A100005')
      .comments.filter(({ commentText }) => commentText === 'Phoned the result.')
    expect(made).toMatchObject([{ commentType: 'AA', isAlert: true }])
    expect(site.requests('comment-create')).toHaveLength(2)
    expect((await run('comment', 'A999999', '--text', 'x')).code).toBe(5)
  })
})

describe('credentials and diagnostics', () => {
  it('credentials set reads one JSON object and refuses another shape; test asks the server', async () => {
    const refused = await site.bench.run(['credentials', 'set', 'qubs'], '{ "clientId": "only-this" }')
    expect(refused.code).toBe(2)
    expect(refused.stderr).not.toContain('only-this')
    const tested = await run('credentials', 'test', 'qubs', '--json')
    expect([tested.code, tested.json]).toEqual([0, { domain: 'acme', ok: true, kind: null }])
    site.simulator.fault({ endpoint: 'token', fault: { kind: 'token-error', error: 'invalid_client' } })
    const wrong = await run('credentials', 'test', 'qubs', '--json')
    expect([wrong.code, wrong.json]).toEqual([5, { domain: 'acme', ok: false, kind: 'auth' }])
  })

  it('diagnostics has nothing of a patient, and overwrites nothing', async () => {
    const { bench, study } = site
    await bench.put('Somebody.pdf', await pdfReport(study('A100003')))
    await site.once()
    const out = join(bench.folder, 'bundle.json')
    expect((await run('diagnostics', '--out', out)).code).toBe(0)
    const bundle = await readFile(out, 'utf8')
    expect(JSON.parse(bundle)).toMatchObject({
      practices: [{ domain: 'acme', ok: true }],
      journal: { counts: { delivered: 1 } },
    })
    for (const word of [
      'Somebody',
      'Brien',
      '1961',
      site.simulator.clients[0]?.clientSecret ?? '',
      bench.drop,
    ]) {
      expect(bundle).not.toContain(word)
    }
    expect((await run('diagnostics', '--out', out)).code).toBe(2)
  })

  it('qubs makes every reading call', async () => {
    for (const args of [
      ['pending'],
      ['pending-appointment', 'A100003'],
      ['appointment', 'A100003'],
      ['comments', 'A100003'],
      ['attachments', 'A100003'],
      ['attachments', 'A100003', '--any'],
    ]) {
      const result = await run('qubs', ...args, '--json')
      expect([args, result.code]).toEqual([args, 0])
      expect(result.json).toBeTypeOf('object')
    }
    const guid = site.study('A100003').attachments[0]?.guid ?? ''
    expect((await run('qubs', 'attachment', 'A100003', guid, '--json')).json).toMatchObject({ guid })
    expect((await run('qubs', 'appointment', 'A999999')).code).toBe(5)
  })
})
