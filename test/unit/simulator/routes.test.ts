import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { strippedName } from '../../simulator/qubs/upload-urls.ts'
import { routeOf } from '../../simulator/qubs/routes.ts'

describe('routes', () => {
  it('takes any domain and id that is percent-encoded, and gives it back decoded', () => {
    const segment = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text !== 'pending')
    fc.assert(
      fc.property(segment, segment, (domain, id) => {
        const path = `/integrations/v1/${encodeURIComponent(domain)}/reporting/appointments/${encodeURIComponent(id)}/report`
        expect(routeOf('POST', path)).toEqual({
          kind: 'endpoint',
          endpoint: 'report',
          domain,
          appointmentId: id,
          guid: '',
          name: '',
        })
      }),
    )
  })

  it('keeps "pending" for the list', () => {
    expect(routeOf('GET', '/integrations/v1/acme/reporting/appointments/pending')).toMatchObject({
      endpoint: 'pending',
    })
    expect(routeOf('POST', '/integrations/v1/acme/reporting/appointments/pending')).toEqual({
      kind: 'wrong-method',
      domain: 'acme',
      allow: ['GET'],
    })
  })

  it.each([
    '/integrations/v1/acme/reporting/appointments/A1/report/',
    '/integrations/v1/acme/reporting/appointments//report',
    '/integrations/v2/acme/appointments/A1',
    '/integrations/v1//appointments/A1',
    '/',
  ])('does not know %s', (path) => {
    expect(routeOf('POST', path).kind).toBe('unknown')
  })
})

describe('a stripped file name', () => {
  it('has no path left in it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '.', '..', '/', '\\', ' ', 'x.pdf')), (parts) => {
        const name = strippedName(parts.join(''))
        expect(name).not.toMatch(/[/\\]/)
        expect(['.', '..']).not.toContain(name)
      }),
    )
  })
})
