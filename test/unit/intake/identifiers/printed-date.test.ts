import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateAtStart, looksLikeDateOrTime } from '../../../../electron/intake/identifiers/printed-date.ts'

describe('dateAtStart', () => {
  it.each([
    ['1988-04-03', ['1988-04-03']],
    ['1988/4/3', ['1988-04-03']],
    ['1988-04-03T10:00:00', ['1988-04-03']],
    ['19880403', ['1988-04-03']],
    ['03/04/1988', ['1988-04-03', '1988-03-04']],
    ['3.4.1988', ['1988-04-03', '1988-03-04']],
    ['03 04 1988', ['1988-04-03', '1988-03-04']],
    ['03/03/1988', ['1988-03-03']],
    ['13/04/1988', ['1988-04-13']],
    ['04/13/1988', ['1988-04-13']],
    ['3 April 1988', ['1988-04-03']],
    ['3rd of April, 1988', ['1988-04-03']],
    ['Sunday, 3 April 1988', ['1988-04-03']],
    ['April 3, 1988', ['1988-04-03']],
    ['03-APR-1988', ['1988-04-03']],
    ['03APR1988', ['1988-04-03']],
    ['1988-Apr-03', ['1988-04-03']],
    ['29 February 2024 (2 yrs)', ['2024-02-29']],
  ])('%s', (text, readings) => {
    expect(dateAtStart(text)?.readings).toEqual(readings)
  })

  it.each([
    '03/04/88',
    '31/02/1988',
    '29/02/2023',
    '1/2/3',
    '1988',
    'unknown',
    '03/04/19881',
    '00/00/1988',
    '',
  ])('is none: %s', (text) => {
    expect(dateAtStart(text)).toBeNull()
  })

  it('gives every real day back from each way of printing it, and at most two readings', () => {
    const days = fc.date({ min: new Date('1850-01-01'), max: new Date('2150-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(days, fc.constantFrom('/', '-', '.'), (moment, mark) => {
        const iso = moment.toISOString().slice(0, 10)
        const [year = '', month = '', dayOfMonth = ''] = iso.split('-')
        const found = dateAtStart([dayOfMonth, month, year].join(mark))?.readings ?? []
        expect(found).toContain(iso)
        expect(found.length).toBeLessThanOrEqual(2)
        expect(dateAtStart([dayOfMonth, month, year].join(mark), 'dmy')?.readings).toEqual([iso])
      }),
    )
  })
})

it('tells dates and times from numbers', () => {
  for (const text of ['20/11/2026', '20/11/26', '10:30', '9 am', '3 April 2026'])
    expect(looksLikeDateOrTime(text)).toBe(true)
  for (const text of ['220000', '20000101', 'A12345', '220 000'])
    expect(looksLikeDateOrTime(text)).toBe(false)
})
