import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { qubsCalls } from '../../../electron/command-line/qubs-calls.ts'
import { createHttp } from '../../../electron/http/http.ts'
import { createQubsClient } from '../../../electron/qubs/client.ts'
import {
  attachmentParameters,
  referrerListParameters,
  referrerPageParameters,
} from '../../../electron/qubs/parameters.ts'

/** docs/qubs.md promises that every endpoint has a function, a command and a test. This holds it to that. */

const root = fileURLToPath(new URL('../../../', import.meta.url))
const page = readFileSync(`${root}docs/qubs.md`, 'utf8')

/** Cells of all tables with this heading, without the heading and the rule under it. */
function rowsOf(...heading: readonly string[]): string[][] {
  const lines = page.split('\n').map((line) => (line.startsWith('|') ? cellsOf(line) : null))
  return lines.flatMap((cells, at) => {
    if (cells === null || cells.join('|') !== heading.join('|')) return []
    const end = lines.indexOf(null, at)
    return lines.slice(at + 2, end === -1 ? undefined : end).filter((row) => row !== null)
  })
}

function cellsOf(line: string): string[] {
  return line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim())
}

const codes = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '')
const code = (cell: string | undefined): string => codes(cell ?? '')[0] ?? ''

const endpoints = rowsOf('No.', 'Endpoint', 'Parameters', 'Client function', 'Command', 'Test').map(
  ([number = '', endpoint = '', parameters = '', call, command, test]) => ({
    number,
    endpoint,
    parameters: codes(parameters),
    call: code(call),
    command: code(command),
    test: code(test),
  }),
)
const proofs = [...rowsOf('What', 'Test file', 'Test'), ...rowsOf('Fault', 'Test file', 'Test')].map(
  ([what = '', file, test]) => ({ what, file: code(file), test: code(test) }),
)

function hasTest(file: string, title: string): boolean {
  const path = `${root}${file}`
  return title !== '' && existsSync(path) && readFileSync(path, 'utf8').includes(`'${title}'`)
}

describe('the table of endpoints', () => {
  it('has every endpoint of the contract', () => {
    const numbers = new Set(endpoints.map(({ number }) => number))
    expect([...numbers]).toEqual(Array.from({ length: 24 }, (_, n) => `Q${n + 1}`))
  })

  it('names the functions of the client, all of them and no others', async () => {
    const http = createHttp({ proxy: 'none', extraCa: null, now: Date.now, environment: {} })
    const client = createQubsClient({
      practice: { domain: 'acme', name: 'acme', baseUrl: 'http://127.0.0.1', tokenUrl: 'http://127.0.0.1' },
      credentials: async () => null,
      http,
      now: Date.now,
      random: Math.random,
    })
    await http.close()
    const own = Object.keys(client).filter((name) => name !== 'forgetToken')
    expect([...new Set(endpoints.map(({ call }) => call))].toSorted()).toEqual(own.toSorted())
  })

  it('names the commands, all of them and no others, each with all its options and no others', () => {
    const known = Object.keys(qubsCalls).map((name) => `qubs ${name}`)
    const named = new Set(endpoints.map(({ command }) => command))
    expect([...named].toSorted()).toEqual([...known, 'comment', 'submit'].toSorted())
    for (const [name, { options, switches }] of Object.entries(qubsCalls)) {
      const rows = endpoints.filter(({ command }) => command === `qubs ${name}`)
      const written = rows.flatMap(({ parameters }) => parameters.filter((text) => text.startsWith('--')))
      const expected = [...options, ...switches].map((option) => `--${option}`)
      expect([name, ...new Set(written)].toSorted()).toEqual([name, ...expected].toSorted())
    }
  })

  it('names every parameter that the client knows, and every part of a path', () => {
    const written = new Set(endpoints.flatMap(({ parameters }) => parameters))
    for (const schema of [attachmentParameters, referrerListParameters, referrerPageParameters]) {
      for (const name of Object.keys(schema.shape)) expect(written).toContain(name)
    }
    for (const { endpoint } of endpoints) {
      for (const [, part] of endpoint.matchAll(/\{(\w+)\}/g)) expect(written).toContain(part)
    }
  })

  it('names tests that exist', () => {
    const missing = endpoints.filter(({ test }) => !hasTest('test/integration/qubs/endpoints.test.ts', test))
    expect(missing).toEqual([])
  })
})

describe('the tables of what is true of every call, and of faults', () => {
  it('name tests that exist', () => {
    expect(proofs.length).toBeGreaterThan(40)
    expect(proofs.filter(({ file, test }) => !hasTest(file, test))).toEqual([])
  })
})
