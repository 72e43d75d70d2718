import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apiUrl, isIdempotencyKey, newCorrelationId } from '../../../electron/qubs/authorised.ts'
import { renewAfterMs } from '../../../electron/qubs/token.ts'

const practice = { baseUrl: 'https://partners.qubs.io', domain: 'acme' }

describe('addresses of calls', () => {
  it('encode every part', () => {
    const url = apiUrl({ baseUrl: 'https://h/_mock/openapi//', domain: 'a b' }, ['appointments', 'A/1?#é'], {
      nextToken: 'eyJ=+&',
    })
    expect(url).toBe(
      'https://h/_mock/openapi/integrations/v1/a%20b/appointments/A%2F1%3F%23%C3%A9?nextToken=eyJ%3D%2B%26',
    )
  })

  it.each(['', '.', '..', '\ud800'])('cannot name %j', (part) => {
    expect(apiUrl(practice, ['appointments', part])).toBeNull()
  })

  it('cannot carry half a character as a token', () => {
    expect(apiUrl(practice, ['x'], { nextToken: '\udfff' })).toBeNull()
  })

  it('never throw and never leave their folder', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (part) => {
        const url = apiUrl(practice, ['appointments', part])
        if (url === null) return
        expect(new URL(url).pathname.split('/')).toHaveLength(6)
        expect(decodeURIComponent(url.split('/').at(-1) ?? '')).toBe(part)
      }),
    )
  })
})

describe('keys and ids', () => {
  it('take 1 to 128 visible ASCII characters', () => {
    expect(['a', '!~', 'x'.repeat(128)].every(isIdempotencyKey)).toBe(true)
    expect(['', ' ', 'a b', 'é', 'x'.repeat(129), 'a\n', '\u007f'].some(isIdempotencyKey)).toBe(false)
  })

  it('correlation ids are sixteen hexadecimal digits', () => {
    expect(newCorrelationId(Math.random)).toMatch(/^[0-9a-f]{16}$/)
    expect(newCorrelationId(() => 0.999_999)).toBe('f'.repeat(16))
  })
})

describe('renewal of a token', () => {
  it.each([
    [3600, 2_700_000],
    [300, 180_000],
    ['3600', 2_700_000],
    [60, 30_000],
    [undefined, 180_000],
    [null, 180_000],
    [0, 180_000],
    [-5, 180_000],
    ['soon', 180_000],
    ['', 180_000],
    [{}, 180_000],
  ])('expires_in %j renews after %i ms', (expiresIn, ms) => {
    expect(renewAfterMs(expiresIn)).toBe(ms)
  })
})
