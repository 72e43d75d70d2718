import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openEnvelope, sealEnvelope } from '../../simulator/solo/envelope.ts'

/** `randomBytes` that hands out the given values in turn. */
function given(...hex: string[]): (size: number) => Buffer {
  const values = hex.map((value) => Buffer.from(value, 'hex'))
  return (size) => {
    const next = values.shift()
    if (next?.length !== size) throw new Error(`no ${size} bytes left`)
    return next
  }
}

const salt = 'a0a1a2a3a4a5a6a7'
const iv = 'b0b1b2b3b4b5b6b7b8b9babbbcbdbebf'
const event = '{"event":"appointment:scheduled","data":{"appointmentId":3110360}}'
const key = '39VNjjSpgoUWMbUhVCjAoQ=='

describe('the envelope', () => {
  it.each([
    [
      'the example of the vendor',
      '{"visit":"12345","user":"1234"}',
      'some secret',
      given('062cd728bf4be044', '62e8532b9a9736d38299bb9a1ccab9b4'),
      'BizXKL9L4EQ=YuhTK5qXNtOCmbuaHMq5tA==DUPdvDCZPiSUf0Jumt/Mr/wVWv+mr6Vzj5LnKUQtTPc=',
    ],
    [
      'a webhook, the key as text',
      event,
      key,
      given(salt, iv),
      'oKGio6Slpqc=sLGys7S1tre4ubq7vL2+vw==G+Io+yKIm5mz30lW+k30McN4W+upRsrnKAxOTF6nrsic8L7MeM7XKyc4d/COejoMyG1xiCGo9XRPM5JgC2GOnRWVH/LcV43zHQ03i/BJ/4Q=',
    ],
    [
      'a webhook, the key as bytes',
      event,
      Buffer.from(key, 'base64'),
      given(salt, iv),
      'oKGio6Slpqc=sLGys7S1tre4ubq7vL2+vw==f7szdOjmVw1ZfNsfdYoe4XDkgqcq1bJXHC5/GC1f7cCJbhQebWvuqEl04XVYXwD1+URjbnb3cl6ubcv3mgOEFOVHiqfXRWl65IsVc4DrBeI=',
    ],
    [
      'a link with names beyond ASCII',
      '{"user":"dr.smith@example.org","type":"provider","visit":"12345","date":1736470800,"patient":{"id":"220000","sex":"female","dob":"1988-03-03","firstName":"Jäne","lastName":"Döe"}}',
      'some secret',
      given('0001020304050607', '101112131415161718191a1b1c1d1e1f'),
      'AAECAwQFBgc=EBESExQVFhcYGRobHB0eHw==pkrp/JVPLrRkNp/F9Tgl1ai4hzT3W0gWkaywMv6biI6SeU9v86LY/akp/lIb1udnl18XUpH7Vr1MJikslTIqcBU6vR2jwJoBAbGjueAjExi2VlXFmx77F6VGVVsiK19tRx+Zf9/mPikTA4L9bYN3tdoqYbq3Y1FFgwqbny0H7i6Stt1edIjS7bFDopEAuRO10rcCw1DPo7tUiTTVsRyHlThxadaUzGpti6vzZ/23DDE53BOPqr/EkqAC+kWvHuWo',
    ],
  ])('is that of %s', (_what, plaintext, secret, random, envelope) => {
    expect(sealEnvelope(plaintext, secret, random)).toBe(envelope)
    expect(openEnvelope(envelope, secret)).toBe(plaintext)
  })

  it('is standard Base64 with its padding, and nothing that a lenient reader would also take', () => {
    const whole = sealEnvelope('{"some":"plain text"}', 'secret', given('fbefbefbefbefbef', iv))
    expect(openEnvelope(whole, 'secret')).toBe('{"some":"plain text"}')
    expect(whole).toMatch(/^\+.*=$/)
    expect(openEnvelope(whole.replaceAll('+', '-').replaceAll('/', '_'), 'secret')).toBeNull()
    expect(openEnvelope(whole.replace(/=+$/, ''), 'secret')).toBeNull()
    expect(openEnvelope(`${whole.slice(0, 40)} ${whole.slice(40)}`, 'secret')).toBeNull()
  })

  it('opens what it sealed, and never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string(),
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        (plain, secret, bytes) => {
          const envelope = sealEnvelope(plain, secret, (size) => Buffer.from(bytes.subarray(0, size)))
          expect(openEnvelope(envelope, secret)).toBe(plain)
          expect(openEnvelope(envelope.slice(0, -4), secret)).not.toBe(plain)
        },
      ),
    )
    fc.assert(fc.property(fc.string(), (garbage) => openEnvelope(garbage, 'secret') === null))
  })
})
