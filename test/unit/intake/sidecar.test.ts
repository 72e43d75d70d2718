import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_SIDECAR_BYTES, parseSidecar, sidecarJsonSchema } from '../../../electron/intake/sidecar.ts'

const bytesOf = (value: unknown) =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))
const messageOf = (value: unknown) => {
  const result = parseSidecar(bytesOf(value))
  return result.ok ? null : result.message
}

const full = {
  appointmentId: 'A1',
  domain: 'acme',
  reportStatus: 'final',
  reportText: 'No acute disease.',
  reportedAtUtc: '2026-11-20T01:02:03Z',
  interpretingClinicianName: 'Dr A Smith',
  interpretingClinicianProviderNumber: '1234567A',
  interpretingClinicianEmail: 'a.smith@example.org',
}

describe('parseSidecar', () => {
  it('takes every key of the interface, any part of them, and a byte-order mark', () => {
    expect(parseSidecar(bytesOf(full))).toEqual({ ok: true, sidecar: full })
    expect(parseSidecar(bytesOf('{}'))).toEqual({ ok: true, sidecar: {} })
    expect(parseSidecar(bytesOf(`\uFEFF${JSON.stringify({ domain: 'acme' })}`))).toEqual({
      ok: true,
      sidecar: { domain: 'acme' },
    })
  })

  it('names an unknown key', () => {
    expect(messageOf({ appointmentID: 'A1' })).toContain('"appointmentID"')
  })

  it.each([
    ['reportStatus', 'Final'],
    ['reportedAtUtc', '2025-01-31T01:02:03+11:00'],
    ['reportedAtUtc', '2025-01-31'],
    ['reportedAtUtc', '2026-02-31T01:02:03Z'],
    ['appointmentId', ''],
    ['appointmentId', 12345],
    ['interpretingClinicianEmail', 'not an address'],
    ['reportText', 'ä'.repeat(1_048_577)],
  ])('names %s when it is wrong, without its value', (key, value) => {
    const message = messageOf({ [key]: value })
    expect(message).toContain(`"${key}"`)
    const isTelling = String(value).length > 3
    expect(isTelling && message?.includes(String(value))).toBe(false)
  })

  it.each(['', 'null', '[]', '"text"', '{', '{"domain":}'])('refuses %j in one sentence', (text) => {
    expect(messageOf(text)).toMatch(/^The sidecar .*\.$/)
  })

  it('refuses what is too large unread, and bytes that are no UTF-8', () => {
    expect(messageOf(' '.repeat(MAX_SIDECAR_BYTES + 1))).toContain('4,194,304')
    expect(parseSidecar(new Uint8Array([0x7b, 0xff, 0x7d])).ok).toBe(false)
  })

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.json().map(bytesOf)), (bytes) => {
        expect(typeof parseSidecar(bytes).ok).toBe('boolean')
      }),
    )
  })

  it('publishes a schema that forbids unknown keys', () => {
    expect(sidecarJsonSchema).toMatchObject({ type: 'object', additionalProperties: false })
    expect(Object.keys(sidecarJsonSchema.properties ?? {})).toEqual(Object.keys(full))
  })
})
