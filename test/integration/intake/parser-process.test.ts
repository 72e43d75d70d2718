import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import {
  parserProcessArguments,
  startNodeProcess,
} from '../../../electron/intake/parser-process/node-process.ts'
import { createParser, MAX_INPUT_BYTES } from '../../../electron/intake/parser-process/parser.ts'
import type { Parser } from '../../../electron/intake/parser-process/parser.ts'
import type { ParserProcess, StartParserProcess } from '../../../electron/intake/parser-process/transport.ts'
import { writeReportPdf } from '../../support/pdf/write-report-pdf.ts'

const limits = { maxMemoryMb: 768, timeLimitMs: 20_000, idleMs: 60_000 }
const parsers: Parser[] = []
const parserOf = (...parameters: Parameters<typeof createParser>): Parser => {
  const parser = createParser(...parameters)
  parsers.push(parser)
  return parser
}
afterEach(async () => {
  for (const parser of parsers.splice(0)) await parser.close()
})

/** Real processes, the first of them changed by `tamper`; counts starts and ends. */
function observed(tamper: (process: ParserProcess) => ParserProcess = (process) => process) {
  const seen = { started: 0, ended: 0, allEnded: Promise.withResolvers<void>() }
  const start: StartParserProcess = (maxMemoryMb, events) => {
    const process = startNodeProcess(maxMemoryMb, {
      ...events,
      onExit: () => {
        events.onExit()
        if (++seen.ended === seen.started) seen.allEnded.resolve()
      },
    })
    return ++seen.started === 1 ? tamper(process) : process
  }
  return { seen, start }
}

describe('the parser process', () => {
  it('reads a report and keeps its process for the next one', async () => {
    const { seen, start } = observed()
    const parser = parserOf(limits, start)
    const patient = { name: 'DOE, Jane', birthDate: '1988-03-03' }
    const report = await writeReportPdf({ patient })
    for (let round = 0; round < 3; round++) {
      const read = await parser.read(report)
      expect(read).toMatchObject({ kind: 'pdf', problem: null, identity: { names: ['DOE, Jane'] } })
    }
    expect(seen.started).toBe(1)
  })

  it('looks for the labels of the site', async () => {
    const report = await writeReportPdf({
      paragraphs: [`Client ref: 220001 key X9. ${'No focal lesion is seen. '.repeat(4)}`],
    })
    const templates = [
      { name: 'ours', fields: { patientId: 'Client ref', accession: 'key (?<value>[A-Z]\\d)' } },
    ]
    expect((await parserOf(limits).read(report)).identity).toMatchObject({
      patientIds: [],
      accessionNumbers: [],
    })
    expect((await parserOf(limits, undefined, templates).read(report)).identity).toMatchObject({
      patientIds: ['220001'],
      accessionNumbers: ['X9'],
    })
  })

  it('reads several files at once with two processes at most', async () => {
    const { seen, start } = observed()
    const parser = parserOf(limits, start)
    const report = await writeReportPdf({ pages: 5 })
    const readings = await Promise.all(Array.from({ length: 6 }, () => parser.read(report)))
    expect(readings.every((read) => read.problem === null && read.pages === 5)).toBe(true)
    expect(seen.started).toBe(2)
  })

  it('holds the one file that kills its process, and reads the next in a fresh one', async () => {
    const { seen, start } = observed((process) => ({
      ...process,
      send: (request) => {
        process.send(request)
        process.kill()
      },
    }))
    const parser = parserOf(limits, start)
    const report = await writeReportPdf({ pages: 40 })
    expect(await parser.read(report)).toMatchObject({ problem: 'unsupported', kind: null })
    expect(await parser.read(report)).toMatchObject({ problem: null })
    expect(seen.started).toBe(2)
  })

  it('ends a process that gives no answer in time', async () => {
    const { seen, start } = observed((process) => ({ ...process, send: () => undefined }))
    const parser = parserOf({ ...limits, timeLimitMs: 50 }, start)
    const read = await parser.read(await writeReportPdf({}))
    expect(read.problem).toBe('unsupported')
    expect(read.message).toContain('could not be read within')
    await seen.allEnded.promise
    expect(seen.ended).toBe(1)
  })

  it('ends a process that holds too much memory', async () => {
    const { seen, start } = observed((process) => ({
      ...process,
      send: () => undefined,
      residentBytes: async () => (limits.maxMemoryMb + 1) * 1024 * 1024,
    }))
    const parser = parserOf(limits, start)
    const report = await writeReportPdf({})
    expect((await parser.read(report)).problem).toBe('unsupported')
    expect((await parser.read(report)).problem).toBeNull()
    expect(seen.started).toBe(2)
  })

  it('takes no answer that does not fit the schema', async () => {
    const start: StartParserProcess = (maxMemoryMb, events) =>
      startNodeProcess(maxMemoryMb, {
        ...events,
        onMessage: (message) => {
          const isReading = typeof message === 'object' && message !== null && 'reading' in message
          events.onMessage(isReading ? { ...message, reading: { problem: null, text: 'forged' } } : message)
        },
      })
    const parser = parserOf({ ...limits, timeLimitMs: 2000 }, start)
    expect((await parser.read(await writeReportPdf({}))).problem).toBe('unsupported')
  })

  it('ends a process that has nothing to do', async () => {
    const { seen, start } = observed()
    const parser = parserOf({ ...limits, idleMs: 10 }, start)
    await parser.read(await writeReportPdf({}))
    await seen.allEnded.promise
    expect((await parser.read(await writeReportPdf({}))).problem).toBeNull()
    expect(seen.started).toBe(2)
  })

  it('stops for a signal and goes on afterwards', async () => {
    const controller = new AbortController()
    const { start } = observed((process) => ({
      ...process,
      send: () => controller.abort(new Error('no longer wanted')),
    }))
    const parser = parserOf(limits, start)
    const read = parser.read(await writeReportPdf({}), controller.signal)
    await expect(read).rejects.toThrow('no longer wanted')
    expect((await parser.read(await writeReportPdf({}))).problem).toBeNull()
  })

  it('rejects what waits when it is closed, and leaves no process', async () => {
    const { seen, start } = observed((process) => ({ ...process, send: () => undefined }))
    const parser = parserOf(limits, start)
    const report = await writeReportPdf({})
    const pending = [parser.read(report), parser.read(report), parser.read(report)].map((read) =>
      read.then(
        (value) => value.problem,
        () => 'rejected',
      ),
    )
    await parser.close()
    expect((await Promise.all(pending)).at(-1)).toBe('rejected')
    expect(seen.ended).toBe(seen.started)
    await expect(parser.read(report)).rejects.toThrow('closed')
  })

  it('says so when no process can be started', async () => {
    const parser = parserOf(limits, (_, events) => {
      queueMicrotask(() => events.onExit())
      return { send: () => undefined, residentBytes: async () => null, kill: () => undefined }
    })
    await expect(parser.read(await writeReportPdf({}))).rejects.toThrow('could not be started')
  })

  it('refuses what no report can be without copying it anywhere', async () => {
    const { seen, start } = observed()
    const read = await parserOf(limits, start).read(new Uint8Array(MAX_INPUT_BYTES + 1))
    expect(read.problem).toBe('too-large')
    expect(seen.started).toBe(0)
  })

  it('tells whether a file is all there', async () => {
    const parser = parserOf(limits)
    const report = await writeReportPdf({})
    expect(await parser.complete(report)).toBe('complete')
    expect(await parser.complete(report.subarray(0, 1500))).toBe('incomplete')
    expect(await parser.complete(new TextEncoder().encode('text'))).toBe('no-signature')
    const dicom = new Uint8Array(300)
    dicom.set(new TextEncoder().encode('DICM'), 128)
    expect(await parser.complete(dicom)).toBe('incomplete')
  })
})

describe('what the parser process may do', () => {
  const run = promisify(execFile)

  it.each([
    ['read other files', `fs.readFileSync('${process.execPath.replaceAll('\\', '/')}')`],
    ['write', `fs.writeFileSync('written-by-parser', 'x')`],
    ['start processes', `child_process.execFileSync(process.execPath, ['-v'])`],
    ['start threads', `new worker_threads.Worker('', { eval: true })`],
  ])('may not %s', async (_, action) => {
    const script = `try { ${action}; console.log('allowed') } catch (error) { console.log(error.code) }`
    const { stdout } = await run(process.execPath, [...parserProcessArguments(256), '-e', script])
    expect(stdout.trim()).toBe('ERR_ACCESS_DENIED')
  })

  it('may not make code from strings', async () => {
    const script = `try { new Function('return 1'); console.log('allowed') } catch (error) { console.log(error.name) }`
    const { stdout } = await run(process.execPath, [...parserProcessArguments(256), '-e', script])
    expect(stdout.trim()).toBe('EvalError')
  })

  const linux = process.platform === 'linux'
  it.runIf(linux)('inherits no environment (needs /proc of Linux, skipped elsewhere)', async () => {
    process.env['RADPOST_SAMPLE_SECRET'] = 'do-not-inherit'
    process.env['NODE_OPTIONS'] ??= ''
    const parser = parserOf(limits)
    await parser.read(await writeReportPdf({}))
    const environments = readdirSync('/proc/self/task')
      .flatMap((thread) => readFileSync(`/proc/self/task/${thread}/children`, 'utf8').trim().split(' '))
      .filter((pid) => pid !== '' && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('parser-process'))
      .map((pid) => readFileSync(`/proc/${pid}/environ`, 'utf8'))
    delete process.env['RADPOST_SAMPLE_SECRET']
    expect(environments).toHaveLength(1)
    expect(environments[0]).not.toContain('do-not-inherit')
    expect(environments[0]).not.toContain('NODE_OPTIONS')
  })
})
