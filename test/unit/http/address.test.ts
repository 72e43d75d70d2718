import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hostOf, splitAddress } from '../../../electron/http/address.ts'
import { breakCauseOf } from '../../../electron/http/break-cause.ts'
import { certificatesOf } from '../../../electron/http/dispatchers.ts'

describe('addresses', () => {
  it('keep path and query byte for byte', () => {
    const path = "/b/%2e%2e/a%20b+c/../d%2Fe?X-Amz-Credential=AK%2F2026&x='~|&y=a%3Bb+c&z=%zz"
    expect(splitAddress(`https://s3.example:8443${path}`)).toEqual({
      origin: 'https://s3.example:8443',
      path,
      host: 's3.example:8443',
      secure: true,
    })
  })

  it.each([
    ['https://h', '/'],
    ['https://h?a=1', '/?a=1'],
    ['https://h/a#fragment', '/a'],
  ])('of %s ask for %s', (url, path) => {
    expect(splitAddress(url)?.path).toBe(path)
  })

  it.each([
    'http://partners.qubs.io/',
    'ftp://h/',
    'file:///etc/passwd',
    'https://user:word@h/',
    'http://localhost.example/',
    'h/path',
    '',
  ])('%j is not allowed', (url) => {
    expect(splitAddress(url)).toBeNull()
  })

  it('never throw, and name only their host', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true })), (text) => {
        splitAddress(text)
        expect(hostOf(text)).not.toMatch(/[/?]/)
      }),
    )
  })
})

describe('causes of a break', () => {
  const error = (code: string, message = 'words', cause?: unknown) =>
    Object.assign(new Error(message, { cause }), { code })

  it.each([
    [error('ECONNREFUSED'), 'refused', 'ECONNREFUSED'],
    [new AggregateError([error('ECONNREFUSED')]), 'refused', 'ECONNREFUSED'],
    [error('UND_ERR_PRX_CONN', 'x', error('UND_ERR_SOCKET')), 'proxy', 'UND_ERR_PRX_CONN'],
    [error('UND_ERR_ABORTED', 'Proxy response (407) !== 200 when HTTP Tunneling'), 'proxy-auth', '407'],
    [error('UND_ERR_ABORTED', 'Proxy response (502) !== 200 when HTTP Tunneling'), 'proxy', '502'],
    [error('SELF_SIGNED_CERT_IN_CHAIN'), 'certificate', 'SELF_SIGNED_CERT_IN_CHAIN'],
    [error('ERR_SSL_WRONG_VERSION_NUMBER'), 'tls', 'ERR_SSL_WRONG_VERSION_NUMBER'],
    [error('HPE_INVALID_CONSTANT'), 'malformed', 'HPE_INVALID_CONSTANT'],
    [error('UND_ERR_SOCKET'), 'reset', 'UND_ERR_SOCKET'],
    [new Error('no code'), 'reset', null],
    ['not an error', 'reset', null],
  ])('%s is %s', (thrown, cause, code) => {
    expect(breakCauseOf(thrown)).toEqual({ cause, code })
  })
})

describe('an extra certificate file', () => {
  it('without a certificate, or with a broken one, is refused in words', () => {
    expect(() => certificatesOf('hello')).toThrow(/no certificate in it/)
    const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'
    expect(() => certificatesOf(broken)).toThrow(/cannot be read/)
  })
})
