import { describe, expect, it } from 'vitest'
import { isoDateOfDicom, readableMoment } from '../../../../electron/intake/dicom/moment.ts'
import { formatPersonName, mixesAlphabets } from '../../../../electron/intake/dicom/person-name.ts'

describe('person names', () => {
  it.each([
    ['Riesmeier^Jörg', 'Jörg Riesmeier'],
    ['Packer^David M.^^^M. D.', 'David M. Packer, M. D.'],
    ['Fukuda^^^Dr.', 'Dr. Fukuda'],
    ['Doe^Jane^Mary^Prof.^PhD', 'Prof. Jane Mary Doe, PhD'],
    ['Yamada^Tarou=山田^太郎=やまだ^たろう', 'Tarou Yamada (太郎 山田)'],
    ['=山田^太郎=', '太郎 山田'],
    ['==やまだ^たろう', 'たろう やまだ'],
    ['Jane Doe', 'Jane Doe'],
    ['^^^^MD', 'MD'],
    ['^^', ''],
    ['', ''],
  ])('%s', (value, shown) => {
    expect(formatPersonName(value)).toBe(shown)
  })

  it('sees look-alike letters within a word only', () => {
    expect(mixesAlphabets('Петpов^Иван')).toBe(true)
    expect(mixesAlphabets('Petrov^Ivan=Петров^Иван')).toBe(false)
    expect(mixesAlphabets('O’Brien^Seán')).toBe(false)
  })
})

describe('dates and times', () => {
  it.each([
    ['19880403', '1988-04-03'],
    ['1988.04.03', '1988-04-03'],
    ['20240229', '2024-02-29'],
    ['20230229', null],
    ['19881301', null],
    ['1988', null],
    ['00000000', null],
  ])('day %s', (value, iso) => {
    expect(isoDateOfDicom(value)).toBe(iso)
  })

  it.each([
    ['20010213184746', 'datetime', '2001-02-13 18:47:46'],
    ['20010213184746.5+1030', 'datetime', '2001-02-13 18:47:46.5 +10:30'],
    ['20010213', 'datetime', '2001-02-13'],
    ['soon', 'datetime', 'soon'],
    ['1847', 'time', '18:47'],
    ['18', 'time', '18:00'],
    ['18:47:46', 'time', '18:47:46'],
    ['20019999', 'date', '20019999'],
  ] as const)('%s as %s', (value, form, shown) => {
    expect(readableMoment(value, form)).toBe(shown)
  })
})
