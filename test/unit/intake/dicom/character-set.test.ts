import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decodeText,
  normaliseCharacterSet,
  type TextVr,
} from '../../../../electron/intake/dicom/character-set.ts'
import { latin1, utf8 } from '../../../support/dicom/encode-dicom.ts'

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
const set = (...values: readonly string[]): string => normaliseCharacterSet(values)

describe('sound text', () => {
  it.each([
    ['ISO_IR 100', latin1('Riesmeier^Jörg'), 'Riesmeier^Jörg'],
    ['ISO_IR 100', latin1('Öztürk^Çağ'.replace('ğ', 'g')), 'Öztürk^Çag'],
    ['ISO_IR 101', bytes('57 b1 73 6f 77 69 63 7a'), 'Wąsowicz'],
    ['ISO_IR 126', bytes('c4 e9 ef ed f5 f3 e9 ef f2'), 'Διονυσιος'],
    ['ISO_IR 138', bytes('f9 f8 e5 ef'), 'שרון'],
    ['ISO_IR 148', bytes('c7 61 f0 6c 61'), 'Çağla'],
    ['ISO_IR 166', bytes('a1 d2 c3'), 'การ'],
    ['ISO_IR 13', bytes('d4 cf c0 de'), 'ﾔﾏﾀﾞ'],
    ['ISO_IR 192', utf8('김희중'), '김희중'],
    ['GB18030', bytes('cd f5 5e d0 a1 b6 ab'), '王^小东'],
    ['GBK', bytes('cd f5 5e d0 a1 b6 ab'), '王^小东'],
    ['', utf8('Doe^Jane'), 'Doe^Jane'],
  ])('%s', (characterSet, value, shown) => {
    expect(decodeText(characterSet, value, 'PN')).toEqual({ text: shown, doubtful: false })
  })

  it('resets code extensions at the delimiters of a name', () => {
    const value = bytes('48 6f 6e 67 5e 1b 24 29 43 fb f3 5e 41')
    expect(decodeText(set('', 'ISO 2022 IR 149'), value, 'PN')).toEqual({
      text: 'Hong^洪^A',
      doubtful: false,
    })
  })

  it('takes the escape to ASCII also where it is not announced', () => {
    const value = bytes('1b 24 42 3b 33 45 44 1b 28 42 5e 41')
    expect(decodeText(set('ISO 2022 IR 13', 'ISO 2022 IR 87'), value, 'PN').text).toBe('山田^A')
  })

  it.each(['ISO-IR 100', 'ISO IR 100', 'iso_ir 100', ' ISO_IR 100 '])(
    'reads the misspelt term "%s"',
    (term) => {
      expect(decodeText(set(term), latin1('Jörg'), 'LO')).toEqual({ text: 'Jörg', doubtful: false })
    },
  )
})

describe('doubtful text', () => {
  it.each<[string, string, Uint8Array, TextVr]>([
    ['UTF-8 labelled as Latin-1', 'ISO_IR 100', utf8('Müller^Jörg'), 'PN'],
    ['UTF-8 Cyrillic labelled as ISO 8859-5', 'ISO_IR 144', utf8('Иван'), 'PN'],
    ['GBK labelled as Latin-1', 'ISO_IR 100', bytes('cd f5 5e d0 a1 b6 ab'), 'PN'],
    ['GBK letters labelled as Latin-1', 'ISO_IR 100', bytes('d5 c5 5e c8 fd'), 'PN'],
    ['Shift JIS labelled as Latin-1', 'ISO_IR 100', bytes('8e 52 93 63'), 'PN'],
    ['Latin-1 labelled as UTF-8', 'ISO_IR 192', latin1('Müller'), 'PN'],
    ['undeclared Latin-1', '', latin1('Müller'), 'PN'],
    ['undeclared UTF-8', '', utf8('Müller'), 'PN'],
    ['an unknown term', 'ISO_IR 999', latin1('Müller'), 'PN'],
    ['an escape that nothing announces', 'ISO_IR 100\\ISO 2022 IR 87', bytes('1b 24 29 43 fb f3'), 'LO'],
    ['control characters of the upper half', 'ISO_IR 100', bytes('41 92 42'), 'UT'],
  ])('%s', (_, characterSet, value, vr) => {
    expect(decodeText(characterSet, value, vr).doubtful).toBe(true)
  })

  it('keeps the ASCII of what it cannot decode', () => {
    expect(decodeText('ISO_IR 999', latin1('Müller'), 'PN').text).toBe('M\ufffdller')
  })

  it('does not mistake an accented text for a wrong label', () => {
    const sentence = latin1('Él está aquí: 3 mm × 4 mm, 37 °C, ±2 %')
    expect(decodeText('ISO_IR 100', sentence, 'UT').doubtful).toBe(false)
  })
})

describe('any bytes', () => {
  const terms = fc.oneof(
    fc.constantFrom(
      '',
      'ISO_IR 100',
      'ISO_IR 192',
      'GB18030',
      'ISO_IR 13',
      'ISO 2022 IR 87',
      'ISO 2022 IR 149',
      'ISO_IR 6',
    ),
    fc.string({ maxLength: 16 }),
  )

  it('never throw, and plain ASCII comes out as it is', () => {
    fc.assert(
      fc.property(fc.array(terms, { maxLength: 4 }), fc.uint8Array({ maxLength: 64 }), (list, value) => {
        expect(typeof decodeText(normaliseCharacterSet(list), value, 'PN').text).toBe('string')
      }),
    )
    fc.assert(
      fc.property(
        fc.array(terms, { maxLength: 2 }),
        fc.stringMatching(/^[A-Za-z0-9 ^=]{0,30}$/),
        (list, value) => {
          const characterSet = normaliseCharacterSet(list)
          fc.pre(!/^ISO 2022 IR (87|159)/.test(characterSet))
          expect(decodeText(characterSet, utf8(value), 'PN')).toEqual({ text: value, doubtful: false })
        },
      ),
    )
  })

  it('come back unharmed through UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (value) => {
        fc.pre(!/[\p{Cc}\ufffd\ufeff]/u.test(value) && value.isWellFormed())
        expect(decodeText('ISO_IR 192', utf8(value), 'UT')).toEqual({ text: value, doubtful: false })
      }),
    )
  })
})
