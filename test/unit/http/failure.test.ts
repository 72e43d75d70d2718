import { describe, expect, it } from 'vitest'
import { breakCauses, type Answer, type Broken } from '../../../electron/http/exchange.ts'
import { kindOfStatus, toFailure } from '../../../electron/http/failure.ts'

const request = {
  url: 'https://partners.qubs.io/integrations/v1/acme/x?secret=1',
  headers: { 'X-Correlation-Id': 'cafe' },
}
const write = { ...request, effect: 'write' as const }
const read = { ...request, effect: 'read' as const }

function answer(status: number, headers: Record<string, string> = {}, body: unknown = ''): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { kind: 'answer', status, headers, body: new TextEncoder().encode(text), receivedAtMs: 0 }
}

function broken(part: Partial<Broken>): Broken {
  return { kind: 'broken', cause: 'reset', code: null, sent: false, status: null, proxyHost: null, ...part }
}

describe('a failed answer', () => {
  it.each([
    [301, 'network', true],
    [302, 'network', false],
    [303, 'network', false],
    [307, 'network', true],
    [400, 'validation', true],
    [401, 'auth', true],
    [403, 'scope', true],
    [404, 'gone', true],
    [405, 'validation', true],
    [407, 'network', true],
    [408, 'server', false],
    [409, 'conflict', false],
    [413, 'validation', true],
    [415, 'validation', true],
    [422, 'validation', true],
    [429, 'throttled', true],
    [500, 'server', false],
    [501, 'server', true],
    [502, 'server', false],
    [503, 'server', false],
    [504, 'server', false],
  ] as const)('%i on a write is %s, outcome known: %s', (status, kind, outcomeKnown) => {
    expect(toFailure(write, answer(status))).toMatchObject({
      kind,
      outcomeKnown,
      status,
      correlationId: 'cafe',
    })
    expect(toFailure(read, answer(status))).toMatchObject({ kind, outcomeKnown: true })
  })

  it('503 with a time to come back was not processed', () => {
    const failure = toFailure(write, answer(503, { 'retry-after': '9' }))
    expect(failure).toMatchObject({ kind: 'server', outcomeKnown: true, retryAfterMs: 9000 })
  })

  it('has one sentence with the host and without the address, for every status', () => {
    for (let status = 300; status < 600; status += 1) {
      const { message } = toFailure(write, answer(status))
      expect(message).toMatch(/^[A-Z0-9a-z].*\.$/)
      expect(message).not.toContain('/integrations')
      expect(message).not.toContain('secret')
      expect(kindOfStatus(status)).not.toBe('unknown')
    }
  })

  it('shows the reason of a refusal, and quotes the ids of the answer', () => {
    const problem = { detail: 'Report text is required.', requestId: 'req-7', status: 500 }
    const failure = toFailure(write, answer(400, { 'x-correlation-id': 'beef' }, problem))
    expect(failure.message).toBe(
      'partners.qubs.io did not accept the request (400): Report text is required.',
    )
    expect(failure).toMatchObject({ requestId: 'req-7', correlationId: 'beef', kind: 'validation' })
    const odd = answer(400, { 'x-correlation-id': 'the-bearer-token' }, problem)
    expect(toFailure({ ...write, privateTexts: ['the-bearer-token'] }, odd).correlationId).toBe('cafe')
  })

  it('does not repeat what was sent', () => {
    const failure = toFailure(
      { ...write, privateTexts: ['Jane Doe, fracture of the radius'] },
      answer(400, {}, { detail: 'Cannot parse "Jane Doe, fracture"' }),
    )
    expect(failure.message).not.toContain('Jane')
  })
})

describe('a broken exchange', () => {
  it.each(breakCauses)('%s: settled before bytes left, open after; always a sentence', (cause) => {
    const before = toFailure(write, broken({ cause }))
    const after = toFailure(write, broken({ cause, sent: true }))
    expect(before.outcomeKnown).toBe(true)
    expect(after).toMatchObject({ outcomeKnown: false, kind: 'unknown' })
    expect(toFailure(read, broken({ cause, sent: true })).outcomeKnown).toBe(true)
    expect(before.message).toMatch(/\.$/)
    expect(after.message).toMatch(/may have taken the request\.$/)
    expect(after.message).not.toContain('secret')
  })

  it.each([
    'name-not-found',
    'refused',
    'unreachable',
    'connect-timeout',
    'certificate',
    'tls',
    'reset',
    'timeout',
  ] as const)('%s names the host and is of kind network', (cause) => {
    const failure = toFailure(read, broken({ cause, code: 'ECODE', proxyHost: 'proxy.local:3128' }))
    expect(failure.kind).toBe('network')
    expect(failure.message).toContain('partners.qubs.io')
  })
})
