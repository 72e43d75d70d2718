import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isoDay, unixSeconds } from '../../../electron/solo/dates.ts'
import { contextAwareLink, linkContext } from '../../../electron/solo/linking.ts'
import { openText, sealText } from '../../../electron/solo/sealed-text.ts'
import { openWebhook } from '../../../electron/solo/webhook-payload.ts'

/** The vendor's documented example, and the vectors of contract 4.3 and 4.4. */

const secret = 'some secret'
const example = 'BizXKL9L4EQ=YuhTK5qXNtOCmbuaHMq5tA==DUPdvDCZPiSUf0Jumt/Mr/wVWv+mr6Vzj5LnKUQtTPc='
const linkVector =
  'AAECAwQFBgc=EBESExQVFhcYGRobHB0eHw==pkrp/JVPLrRkNp/F9Tgl1ai4hzT3W0gWkaywMv6biI6SeU9v86LY/akp/lIb1udnl18XUpH7Vr1MJikslTIqcBU6vR2jwJoBAbGjueAjExi2VlXFmx77F6VGVVsiK19tRx+Zf9/mPikTA4L9bYN3tdoqYbq3Y1FFgwqbny0H7i6Stt1edIjS7bFDopEAuRO10rcCw1DPo7tUiTTVsRyHlThxadaUzGpti6vzZ/23DDE53BOPqr/EkqAC+kWvHuWo'
const context = linkContext.parse({
  user: 'dr.smith@example.org',
  type: 'provider',
  visit: '12345',
  date: unixSeconds.parse(1_736_470_800),
  patient: {
    id: '220000',
    sex: 'female',
    dob: isoDay.parse('1988-03-03'),
    firstName: 'Jäne',
    lastName: 'Döe',
  },
})
const key = '39VNjjSpgoUWMbUhVCjAoQ=='
const byText =
  'oKGio6Slpqc=sLGys7S1tre4ubq7vL2+vw==G+Io+yKIm5mz30lW+k30McN4W+upRsrnKAxOTF6nrsic8L7MeM7XKyc4d/COejoMyG1xiCGo9XRPM5JgC2GOnRWVH/LcV43zHQ03i/BJ/4Q='
const byBytes =
  'oKGio6Slpqc=sLGys7S1tre4ubq7vL2+vw==f7szdOjmVw1ZfNsfdYoe4XDkgqcq1bJXHC5/GC1f7cCJbhQebWvuqEl04XVYXwD1+URjbnb3cl6ubcv3mgOEFOVHiqfXRWl65IsVc4DrBeI='
const scheduled = { event: 'appointment:scheduled', appointmentId: 3_110_360 }

describe('the documented example', () => {
  it('opens, and seals to the same text with the same salt and IV', () => {
    const salt = Buffer.from('062cd728bf4be044', 'hex')
    const iv = Buffer.from('62e8532b9a9736d38299bb9a1ccab9b4', 'hex')
    const opened = openText(example, secret)
    expect(opened).toBe('{"visit":"12345","user":"1234"}')
    expect(sealText(opened ?? '', secret, { salt, iv })).toBe(example)
  })

  it.each([
    ['another secret', example, 'some secret '],
    ['a + that became a space', example.replaceAll('+', ' '), secret],
    ['a cut end', example.slice(0, -4), secret],
    ['nothing', '', secret],
  ])('does not open: %s', (_, sealed, given) => {
    expect(openText(sealed, given)).toBeNull()
  })
})

describe('a context-aware link', () => {
  it('is the vector of the contract, percent-encoded once', () => {
    const parts = [
      Buffer.from('0001020304050607', 'hex'),
      Buffer.from('101112131415161718191a1b1c1d1e1f', 'hex'),
    ]
    const link = contextAwareLink(
      'https://demo.visitnow.org/',
      secret,
      context,
      () => parts.shift() ?? Buffer.of(),
    )
    expect(link).toMatchObject({
      ok: true,
      value: `https://demo.visitnow.org/integrations/linking?arg=${encodeURIComponent(linkVector)}`,
    })
    expect(link.ok && new URL(link.value).searchParams.get('arg')).toBe(linkVector)
  })

  it('has another salt and IV each time', () => {
    const links = Array.from({ length: 20 }, () => {
      const link = contextAwareLink('https://demo.visitnow.org', secret, context)
      return link.ok ? (new URL(link.value).searchParams.get('arg') ?? '') : ''
    })
    expect(new Set(links.map((link) => link.slice(0, 12))).size).toBe(20)
    expect(new Set(links.map((link) => link.slice(12, 36))).size).toBe(20)
    for (const link of links) expect(JSON.parse(openText(link, secret) ?? '')).toEqual(context)
  })

  it('is refused without what the vendor asks for, by the name of the field', () => {
    const wrong = { ...context, user: ' ' }
    expect(contextAwareLink('https://demo.visitnow.org', secret, wrong)).toMatchObject({
      ok: false,
      failure: { message: 'user must not be blank.' },
    })
  })
})

describe('a webhook', () => {
  it.each([
    ['the text of the key', byText],
    ['the bytes of the key', byBytes],
    ['a body in a JSON string', JSON.stringify(byText)],
    ['a body in an object', JSON.stringify({ data: byText })],
    ['white space and a byte order mark', `\uFEFF${byText}\r\n`],
  ])('opens with %s', (_, body) => {
    expect(openWebhook(body, key)).toEqual(scheduled)
  })

  const sealed = (json: unknown): string =>
    sealText(JSON.stringify(json), key, { salt: randomBytes(8), iv: randomBytes(16) })

  it.each([
    [
      'an event of a patient',
      { event: 'patient:updated', data: { patientId: 7 } },
      { event: 'patient:updated', patientId: 7 },
    ],
    [
      'an event of an episode, whatever it says',
      { event: 'episode:created', data: { x: 1 } },
      { event: 'episode:created' },
    ],
    ['an unknown event', { event: 'appointment:eaten', data: { appointmentId: 1 } }, null],
    ['an event without its data', { event: 'appointment:scheduled', data: {} }, null],
    ['an event with the data of another', { event: 'appointment:scheduled', data: { patientId: 1 } }, null],
    [
      'an event with a number that is none',
      { event: 'appointment:scheduled', data: { appointmentId: '3110360x' } },
      null,
    ],
    ['no object', 'appointment:scheduled', null],
  ])('knows only what is documented: %s', (_, json, hint) => {
    expect(openWebhook(sealed(json), key)).toEqual(hint)
  })

  it('gives nothing, and never throws, for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String({ minLength: 36 }), fc.json()), (body) => {
        expect(openWebhook(body, key)).toBeNull()
      }),
    )
  })

  it('is accepted with none of 200,000 wrong keys', () => {
    let accepted = 0
    for (let n = 0; n < 200_000; n += 1) {
      // Half of them are tried as text and as bytes.
      const wrong = n % 2 === 0 ? `wrong key ${n}` : randomBytes(16).toString('base64')
      if (openWebhook(byText, wrong) !== null) accepted += 1
    }
    expect(accepted).toBe(0)
  }, 60_000)
})
