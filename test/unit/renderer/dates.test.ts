import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { ageInYears, writeClock, writeDay, writeMoment } from '../../../renderer/format/dates.ts'
import { remaining, writeMinutes } from '../../../renderer/format/deadline.ts'

const noon = Date.parse('2026-11-20T12:00:00Z')

describe('a date without a time', () => {
  it('is the same day in every zone of the viewer', () => {
    const zones = ['Pacific/Honolulu', 'UTC', 'Pacific/Kiritimati']
    for (const zone of zones) {
      vi.stubEnv('TZ', zone)
      expect(writeDay('1988-03-01', 'en-GB')).toBe('1 Mar 1988')
    }
    vi.unstubAllEnvs()
  })

  it('gives back what is no ISO day, and nothing for nothing', () => {
    expect(writeDay('03/04/1988')).toBe('03/04/1988')
    expect(writeDay(null)).toBe('')
  })

  it('counts whole years', () => {
    expect(ageInYears('1966-11-20', noon)).toBe(60)
    expect(ageInYears('1966-11-22', noon)).toBe(59)
    expect(ageInYears('2030-01-01', noon)).toBeNull()
    expect(ageInYears('unknown', noon)).toBeNull()
  })
})

describe('an instant', () => {
  it('is written in the zone of the site, which is named where it is not the viewer’s', () => {
    const text = writeMoment('2026-11-20T13:30:00Z', noon, {
      timeZone: 'Australia/Perth',
      locale: 'en-GB',
      nameZone: true,
    })
    expect(text).toContain('21:30')
    expect(text).toMatch(/GMT\+8|AWST/)
  })

  it('names the day when it is not today in that zone', () => {
    const options = { timeZone: 'Australia/Sydney', locale: 'en-GB' }
    expect(writeMoment('2026-11-20T12:30:00Z', noon, options)).toBe('23:30')
    expect(writeMoment('2026-11-20T13:30:00Z', noon, options)).toContain('21 Nov')
  })

  it('falls back to the viewer’s zone where the site’s is not known', () => {
    expect(writeMoment('2026-11-20T12:30:00Z', noon, { timeZone: 'Nowhere/Land' })).toBe(
      writeMoment('2026-11-20T12:30:00Z', noon),
    )
  })
})

describe('what is left of a deadline', () => {
  it.each([
    ['2026-11-20T11:59:30Z', 'late', 1],
    ['2026-11-20T12:00:00Z', 'soon', 0],
    ['2026-11-20T13:59:00Z', 'soon', 119],
    ['2026-11-20T14:00:00Z', 'open', 120],
    ['2026-11-20T10:30:00Z', 'late', 90],
  ])('%s is %s by %i min', (neededBy, urgency, minutes) => {
    expect(remaining(neededBy, noon)).toEqual({ urgency, minutes })
  })

  it('is nothing without a deadline that can be read', () => {
    expect(remaining(null, noon).urgency).toBe('none')
    expect(remaining('soon', noon).urgency).toBe('none')
  })

  it('is written in at most two parts', () => {
    expect(writeMinutes(59)).toBe('59 min')
    expect(writeMinutes(60)).toBe('1 h')
    expect(writeMinutes(130)).toBe('2 h 10 min')
    expect(writeMinutes(1_680)).toBe('1 d 4 h')
    fc.assert(fc.property(fc.nat(1e6), (minutes) => writeMinutes(minutes).split(' ').length <= 4))
  })
})

describe('a time on the clock of a site', () => {
  it('is written as other times are, and stays as it is when it is none', () => {
    expect(writeClock('08:05:00', 'en-US')).toMatch(/^08:05\sAM$/u)
    expect(writeClock('23:59', 'de')).toBe('23:59')
    expect(writeClock('25:00:00', 'en-US')).toBe('25:00:00')
    expect(writeClock(null)).toBe('')
  })
})
