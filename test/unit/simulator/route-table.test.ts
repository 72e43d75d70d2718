import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { routeIn, type RoutePattern } from '../../simulator/core/route-table.ts'
import { soloRouteOf } from '../../simulator/solo/solo-routes.ts'

const patterns: readonly RoutePattern<'one' | 'fixed' | 'list'>[] = [
  ['GET', 'fixed', '/things/fixed'],
  ['GET', 'one', '/things/:id'],
  ['POST', 'list', '/things'],
]

describe('a route table', () => {
  it('gives back what a path names, decoded', () => {
    const id = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text !== 'fixed')
    fc.assert(
      fc.property(id, (name) => {
        expect(routeIn(patterns, 'GET', `/things/${encodeURIComponent(name)}`)).toEqual({
          kind: 'endpoint',
          endpoint: 'one',
          parameters: { id: name },
        })
      }),
    )
  })

  it('prefers what comes first, and knows methods', () => {
    expect(routeIn(patterns, 'GET', '/things/fixed')).toMatchObject({ endpoint: 'fixed' })
    expect(routeIn(patterns, 'DELETE', '/things')).toEqual({ kind: 'wrong-method', allow: ['POST'] })
  })

  it.each(['/things/', '/things/%E0%A4%A', '/other', '/things/a/b', ''])('does not know %j', (path) => {
    expect(routeIn(patterns, 'GET', path).kind).toBe('unknown')
  })
})

describe('the routes of Solo', () => {
  it.each([
    ['POST', '/qapi/v1/patients/HSID/12345/appointments', 'solo-visit-create-by-hsid', { hsid: '12345' }],
    ['POST', '/qapi/v1/patients/HSID/appointments', 'solo-visit-create', { patientId: 'HSID' }],
    ['GET', '/qapi/v1/appointments/acme%3AA1/video-call-links', 'solo-links', { externalId: 'acme:A1' }],
    [
      'GET',
      '/qapi/v1/appointments/id/type/SAID/value/7/video-call-links',
      'solo-links-by-said',
      { appointmentId: '7' },
    ],
    ['DELETE', '/qapi/v1/request-assistance', 'solo-assistance-cancel', {}],
  ])('have %s %s', (method, path, endpoint, parameters) => {
    expect(soloRouteOf(method, path)).toEqual({ kind: 'endpoint', endpoint, parameters })
  })
})
