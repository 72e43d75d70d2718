import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareName, compareWrittenNames } from '../../../electron/matching/names.ts'
import { parseName } from '../../../electron/matching/name-writing.ts'

function against(firstName: string, lastName: string, printed: string) {
  return compareName(printed, { firstName, lastName, patientName: null })
}
function whole(patientName: string, printed: string) {
  return compareName(printed, { firstName: null, lastName: null, patientName })
}

describe('a name that agrees', () => {
  it.each([
    ['Jane', 'Doe', 'Doe^Jane'],
    ['Jane', 'Doe', 'DOE^JANE^^MRS'],
    ['Jane', 'Doe', 'Doe^Jane^Mary^Dr^PhD'],
    ['Jane', 'Doe', 'DOE JANE^'],
    ['Jane', 'Doe', 'Doe, Jane'],
    ['Jane', 'Doe', 'DOE, Mrs Jane'],
    ['Jane', 'Doe', 'DOE, Jane (Mrs)'],
    ['Jane', 'Doe', 'Doe, Jane, Mrs'],
    ['Jane', 'Doe', 'Jane Doe'],
    ['Jane', 'Doe', 'Doe Jane'],
    ['Jane', 'Doe', 'Dr. Jane Doe'],
    ['Jane', 'Doe', '  jane\t DOE '],
    ['Jane', 'Doe', 'Ｊａｎｅ Ｄｏｅ'],
    ['Jane', 'Doe', 'Doe^Jane=田中^太郎'],
    ['Jane Mary', 'Doe', 'Doe^Jane^Mary'],
    ['Jane Mary', 'Doe', 'Doe^Jane^M.'],
    ['Jane Mary', 'Doe', 'Jane M Doe'],
    ['Jane Mary', 'Doe', 'Jane Doe'],
    ['Jane Mary', 'Doe', 'Jane Mary Louise Doe'],
    ['Anne-Marie', 'Doe', 'Doe, Anne Marie'],
    ['Anne-Marie', 'Doe', 'Annemarie Doe'],
    ['Anne Marie', 'Doe', 'Annemarie Doe'],
    ['Anne Marie', 'Doe', 'Doe^Anne'],
    ['Annemarie', 'Doe', 'Doe^Anne‑Marie^L'],
    ['José', 'Muñoz', 'MUNOZ, JOSE'],
    ['Jörg', 'Strauß', 'STRAUSS^JORG'],
    ['Søren', 'Łukasz', 'Lukasz, Soren'],
    ['Jose\u0301', 'Doe', 'Jos\u00e9 Doe'],
    ['Sean', "O'Brien", 'OBRIEN^SEAN'],
    ['Sean', 'O’Brien', 'Sean O Brien'],
    ['Sean', 'OBrien', "Sean O' Brien"],
    ['Ronald', 'McDonald', 'MC DONALD, Ronald'],
    ['Ronald', 'MacDonald', 'Ronald Mac Donald'],
    ['Jan', 'van der Berg', 'VANDERBERG^JAN'],
    ['Jan', 'van der Berg', 'Jan van der Berg'],
    ['Maria', 'de la Cruz', 'De La Cruz Maria'],
    ['Jane', 'Thompson-Reid', 'Thompson Reid, Jane'],
    ['Jane', 'Thompson-Reid', 'Jane Thompson Reid'],
    ['Maria', 'Garcia Lopez', 'Maria Garcia Lopez'],
    ['John', 'Smith Jr', 'Smith^John^^^Jr.'],
    ['John', 'Smith', 'John Smith'],
    ['John', 'Smith III', 'John Smith, III'],
    ['Test01', 'Patient99', 'PATIENT99^TEST01'],
    ['太郎', '山田', 'Yamada^Tarou=山田^太郎=やまだ^たろう'],
    ['太郎', '山田', '山田太郎'],
    ['민수', '김', '김민수'],
    ['Нина', 'Королёва', 'КОРОЛЕВА^НИНА'],
    ['Lady', 'Gaga', 'Lady Gaga'],
    ['Junior', 'Smith', 'Smith^Junior'],
  ])('%s %s as %s', (firstName, lastName, printed) => {
    expect(against(firstName, lastName, printed)).toBe('agrees')
  })

  it.each([
    ['Jane Doe', 'DOE^JANE'],
    ['DOE, Jane', 'Jane Doe'],
    ['Doe Jane', 'Jane Doe'],
    ['Jane Mary Doe', 'DOE, JANE M'],
    ['Jane Thompson-Reid', 'Jane Thompson Reid'],
    ['Jane Doe', 'Jane Mary Doe'],
    ['Jane Doe', 'DOE JANE MARY'],
    ['Doe Jane Mary', 'DOE JANE M'],
    ['山田太郎', '山田太郎'],
  ])('patientName %s as %s', (patientName, printed) => {
    expect(whole(patientName, printed)).toBe('agrees')
  })

  it('is looked for in patientName where the parts are in another script', () => {
    const name = { firstName: 'Taro', lastName: 'Yamada', patientName: '山田 太郎' }
    expect(compareName('山田^太郎', name)).toBe('agrees')
    expect(compareName('山田^花子', name)).toBe('contradicts')
  })
})

describe('a name that contradicts', () => {
  it.each([
    ['Jane', 'Thompson', 'Thompson-Reid^Jane'],
    ['Jane', 'Thompson', 'Thom^Jane'],
    ['Jane', 'Thompson-Reid', 'Jane Thompson'],
    ['Jane', 'Thompson', 'Jane Thompson Reid'],
    ['Jane', 'Thompson', 'Thompson Reid, Jane'],
    ['Jane', 'Doe', 'Doe^John'],
    ['Jane', 'Doe', 'Jane^Doe'],
    ['Jane', 'Doe', 'Doe'],
    ['Jane', 'Doe', 'Doe^'],
    ['Jane', 'Doe', 'J. Doe'],
    ['Jane', 'Doe', 'Doe^J'],
    ['Jane', 'Doe', 'Baby of Jane Doe'],
    ['Jane', 'Doe', 'Doe, Baby of Jane'],
    ['Jane Mary', 'Doe', 'Jane Louise Doe'],
    ['Jane Mary', 'Doe', 'Doe^Jane^L'],
    ['Anne', 'Doe', 'Doe^Anne-Marie'],
    ['Anne', 'Doe', 'Annemarie Doe'],
    ['Anne', 'Doe', 'Ann E. Doe'],
    ['Jane', 'Davis', 'Jane D. Avis'],
    ['John', 'Smith Sr', 'Smith^John^^^Jr'],
    ['Baby A', 'Doe', 'Doe^Baby B'],
    ['Test01', 'Patient', 'Patient^Test02'],
    ['Jörg', 'Müller', 'Mueller^Joerg'],
    ['太郎', '山田', '山田^花子'],
    ['Jane', 'Doe', 'D\u043ee^Jane'],
    ['Jane', 'Doe', '12345 678'],
  ])('%s %s as %s', (firstName, lastName, printed) => {
    expect(against(firstName, lastName, printed)).toBe('contradicts')
  })

  it('in one component group outweighs agreement in another', () => {
    expect(against('Jane', 'Doe', 'Doe^Jane=Roe^Jane')).toBe('contradicts')
  })
})

describe('a name that is not compared', () => {
  it.each([
    ['another script', 'Tarou', 'Yamada', '山田^太郎'],
    ['Cyrillic look-alikes throughout', 'AHHA', 'COBA', 'СОВА^АННА'],
    ['the very same mixture of alphabets', 'Jane', 'D\u043ee', 'D\u043ee^Jane'],
    ['characters lost in decoding', 'Jörg', 'Müller', 'M\ufffdller^J\ufffdrg'],
    ['text decoded with the wrong character set', 'Jörg', 'Müller', 'MÃ¼ller^JÃ¶rg'],
    ['no letters at all', 'Jane', 'Doe', '^^^^'],
    ['a suffix on one side only', 'John', 'Smith', 'Smith^John^^^Jr'],
    ['the same initial on both sides', 'J', 'Doe', 'Doe^J'],
  ])('%s', (_what, firstName, lastName, printed) => {
    expect(against(firstName, lastName, printed)).toBe('not-compared')
  })

  it('is a name without comma on both sides that goes on where the other ends', () => {
    expect(whole('Jane Thompson', 'Jane Thompson Reid')).toBe('not-compared')
    expect(whole('Maria Garcia', 'Maria Garcia Lopez')).toBe('not-compared')
    expect(whole('Jane Thompson', 'Thompson Reid Jane')).toBe('not-compared')
    expect(whole('Doe Jane', 'Doe Jane Mary')).toBe('not-compared')
    expect(whole('Jane Thompson', 'Mary Thompson Reid')).toBe('contradicts')
  })

  it('is a single word on both sides: siblings share a surname', () => {
    expect(whole('Sukarno', 'SUKARNO')).toBe('not-compared')
    expect(whole('Sukarno', 'Suharto')).toBe('contradicts')
  })

  it('is one where the appointment has no name, or half of one that fits', () => {
    const none = { firstName: null, lastName: null, patientName: null }
    expect(compareName('Doe^Jane', none)).toBe('not-compared')
    expect(compareName('Doe^Jane', { ...none, lastName: 'Doe' })).toBe('not-compared')
    expect(compareName('Doe^Jane', { ...none, lastName: 'Roe' })).toBe('contradicts')
    expect(compareName('Doe^Jane', { ...none, firstName: 'Jane' })).toBe('not-compared')
    expect(compareName('Doe^Jane', { ...none, firstName: 'Mary' })).toBe('contradicts')
    expect(compareName('Doe^Jane', { ...none, firstName: '-', lastName: 'Doe' })).toBe('not-compared')
  })
})

describe('comparison of names', () => {
  const word = fc.stringMatching(/^[A-Za-zÀ-ž'0-9-]{2,8}$/u).filter((text) => /[A-Za-z]/u.test(text))
  const separator = fc.constantFrom(' ', '^', ', ', '=', '-', '.', ' Jr ', ' van ')
  const name = fc
    .array(fc.tuple(word, separator), { minLength: 1, maxLength: 6 })
    .map((pieces) => pieces.flat().join(''))

  it('is symmetric', () => {
    fc.assert(
      fc.property(name, name, (left, right) => {
        for (const a of parseName(left)) {
          for (const b of parseName(right)) {
            expect(compareWrittenNames(a, b)).toBe(compareWrittenNames(b, a))
          }
        }
      }),
    )
  })

  it('never finds that a name contradicts itself', () => {
    fc.assert(
      fc.property(name, (text) => {
        const alone = text.replaceAll('=', ' ')
        expect(whole(alone, alone)).not.toBe('contradicts')
      }),
    )
  })

  it('takes any text without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (printed, patientName) => {
        expect(['agrees', 'contradicts', 'not-compared']).toContain(whole(patientName, printed))
      }),
    )
  })

  it('never agrees when the family names differ', () => {
    const family = fc.stringMatching(/^[b-df-hj-np-tv-z]{4,9}$/u)
    fc.assert(
      fc.property(family, family, word, (a, b, given) => {
        fc.pre(a !== b)
        expect(against(given, a, `${b}^${given}`)).not.toBe('agrees')
      }),
    )
  })

  it('gives up on a line of text instead of hanging on it', () => {
    expect(against('Jane', 'Doe', 'a b '.repeat(250))).toBe('contradicts')
    expect(against('aa '.repeat(300), 'Doe', `Doe^${'aa '.repeat(299)}bb`)).toBe('contradicts')
  })
})
