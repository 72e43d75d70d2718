import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createHttp } from '../../../electron/http/http.ts'
import { refusals } from '../../../electron/qualiphy/answers.ts'
import { createQualiphyClient } from '../../../electron/qualiphy/client.ts'
import { examOutcomes, inviteFieldNames } from '../../../shared/qualiphy.ts'
import { settingsSchema } from '../../../shared/settings.ts'

/** docs/qualiphy.md promises that every field and every answer has its place and its test. This holds it to that. */

const root = fileURLToPath(new URL('../../../', import.meta.url))
const page = readFileSync(`${root}docs/qualiphy.md`, 'utf8')
const form = 'test/unit/qualiphy/form.test.ts'
const client = 'test/integration/qualiphy/client.test.ts'

/** Cells of the table with this heading, without the heading and the rule under it. */
function table(...heading: readonly string[]): string[][] {
  const lines = page.split('\n').map((line) => (line.startsWith('|') ? cellsOf(line) : null))
  const at = lines.findIndex((cells) => cells?.join('|') === heading.join('|'))
  if (at === -1) return []
  const end = lines.indexOf(null, at)
  return lines.slice(at + 2, end === -1 ? undefined : end).filter((row) => row !== null)
}

function cellsOf(line: string): string[] {
  return line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim())
}

const codes = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '')
const code = (cell: string): string => codes(cell)[0] ?? ''

const fields = table('Field', 'Rule', 'Where', 'Test').map(([field = '', , where = '', test = '']) => ({
  field: code(field),
  where: codes(where),
  test: code(test),
}))
const answers = table('Answer', 'Code', 'Sent?', 'Who must do what', 'Test').map(
  ([answer = '', named = '', sent = '', , test = '']) => ({
    answer,
    codes: codes(named),
    sent,
    test: code(test),
  }),
)
const calls = table('Call', 'Client function', 'Command', 'Tried again', 'Test').map(
  ([, call = '', , , test = '']) => ({ call: code(call), test: code(test) }),
)
const bodies = table('Body', 'Becomes', 'Test file', 'Test')
const proofs = [
  ...table('What', 'Test file', 'Test'),
  ...bodies.map(([body = '', , ...rest]) => [body, ...rest]),
].map(([what = '', file = '', test = '']) => ({ what, file: code(file), test: code(test) }))
const settings = table('Key', 'Default', 'Meaning').map(([key = '']) => code(key))

function hasTest(file: string, title: string): boolean {
  const path = `${root}${file}`
  return title !== '' && existsSync(path) && readFileSync(path, 'utf8').includes(`'${title}'`)
}

describe('the table of fields', () => {
  it('has every documented field, and the key', () => {
    expect(fields.map(({ field }) => field)).toEqual(['api_key', ...inviteFieldNames])
  })

  it('names code and tests that exist', () => {
    const sources = [
      'shared/qualiphy.ts',
      'shared/qualiphy-form.ts',
      'electron/qualiphy/invites.ts',
      'electron/qualiphy/study-patient.ts',
    ]
    const source = sources.map((path) => readFileSync(`${root}${path}`, 'utf8')).join('\n')
    for (const { field, where, test } of fields) {
      expect([field, hasTest(field === 'api_key' ? client : form, test)]).toEqual([field, true])
      for (const name of where) {
        const isThere =
          existsSync(`${root}electron/qualiphy/${name}`) || new RegExp(`\\b${name}\\b`).test(source)
        expect([name, isThere]).toEqual([name, true])
      }
    }
  })
})

describe('the table of answers', () => {
  it('has every refusal, and no code twice', () => {
    const named = answers.flatMap((row) => row.codes)
    expect(new Set(named).size).toBe(named.length)
    for (const refusal of refusals) expect(named).toContain(refusal)
  })

  it('says of each whether the invite went out, and names a test that exists', () => {
    for (const { answer, sent, test } of answers) {
      expect(['yes', 'no', 'open']).toContain(sent)
      expect([answer, hasTest(client, test)]).toEqual([answer, true])
    }
  })
})

describe('the other tables', () => {
  it('name the functions of the client, all of them and no others', async () => {
    const http = createHttp({ proxy: 'none', extraCa: null, now: Date.now, environment: {} })
    const own = createQualiphyClient({
      settings: { baseUrl: 'http://127.0.0.1' },
      credentials: () => Promise.resolve(null),
      http,
      random: Math.random,
    })
    await http.close()
    expect(calls.map(({ call }) => call).toSorted()).toEqual(Object.keys(own).toSorted())
    for (const { call, test } of calls) expect([call, hasTest(client, test)]).toEqual([call, true])
  })

  it('name tests that exist', () => {
    expect(bodies.length).toBeGreaterThan(4)
    expect(proofs.length).toBeGreaterThan(15)
    expect(proofs.filter(({ file, test }) => !hasTest(file, test))).toEqual([])
    const outcomes = bodies.flatMap(([, becomes = '']) => codes(becomes))
    for (const outcome of examOutcomes) expect(outcomes).toContain(outcome)
  })

  it('name every setting', () => {
    const known = Object.keys(settingsSchema.shape.qualiphy.unwrap().shape).map((key) => `qualiphy.${key}`)
    expect(settings.toSorted()).toEqual(known.toSorted())
  })
})
