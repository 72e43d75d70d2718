import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toAppUrl, toPagePolicy, toPageUrl } from '../../desktop-host/host/addresses.ts'

const schemes = new Set(['app'])

describe('addresses behind the scenes', () => {
  it('comes back to the same address for every path and query', () => {
    fc.assert(
      fc.property(fc.webPath(), fc.webQueryParameters(), (path, query) => {
        const address = `app://radpost${path === '' ? '/' : path}?${query}`
        expect(toAppUrl(toPageUrl(address, schemes))).toBe(address)
      }),
    )
  })

  it('leaves every other address as it is', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), (address) => {
        expect(toPageUrl(address, schemes)).toBe(address)
        expect(toAppUrl(address)).toBe(address)
      }),
    )
  })

  it('is not taken in by a host that only looks like ours', () => {
    for (const address of [
      'http://radpost.app.stand-in.invalid/',
      'https://radpost.app.stand-in.invalid.evil.example/',
      'https://evil.example/radpost.app.stand-in.invalid/',
    ])
      expect(toAppUrl(address)).toBe(address)
  })

  it('maps the scheme in a content policy and nothing else', () => {
    expect(toPagePolicy("script-src 'self' app://radpost; img-src app: data:", schemes)).toBe(
      "script-src 'self' https://radpost.app.stand-in.invalid; img-src https://*.app.stand-in.invalid data:",
    )
    expect(toPagePolicy("default-src 'none'; script-src 'self'", schemes)).toBe(
      "default-src 'none'; script-src 'self'",
    )
  })
})
