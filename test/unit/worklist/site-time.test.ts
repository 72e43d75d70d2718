import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ianaZoneOf, instantMsOf, siteTimeOf } from '../../../electron/worklist/site-time.ts'
import { windowsZones } from '../../../electron/worklist/windows-zones.ts'

const utc = (text: string): number => Date.parse(text)

describe('a zone id', () => {
  it.each([
    ['Australia/Sydney', 'Australia/Sydney'],
    [' australia/lord_howe ', 'Australia/Lord_Howe'],
    ['AUS Eastern Standard Time', 'Australia/Sydney'],
    ['e. australia standard time', 'Australia/Brisbane'],
    ['New Zealand Standard Time', 'Pacific/Auckland'],
    ['Eastern Standard Time', 'America/New_York'],
    ['GMT Standard Time', 'Europe/London'],
    ['W. Europe Standard Time', 'Europe/Berlin'],
    ['UTC', 'Etc/UTC'],
  ])('%j is %s', (id, zone) => {
    expect(ianaZoneOf(id)).toBe(zone)
  })

  it.each([
    null,
    '',
    'EST',
    'AEST',
    'Sydney',
    'Atlantis Standard Time',
    'Mars/Olympus',
    '+10:00',
    '(UTC+10:00) Sydney',
  ])('%j is not known: nothing is guessed', (id) => {
    expect(ianaZoneOf(id)).toBeNull()
  })

  it('of Windows always leads to a zone that exists', () => {
    for (const [windows, iana] of windowsZones) {
      expect(ianaZoneOf(windows)).toBe(iana)
      expect(siteTimeOf(0, iana)).not.toBeNull()
    }
  })

  it('of any text never throws, and what is known can be used', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom(...Intl.supportedValuesOf('timeZone'))), (id) => {
        const zone = ianaZoneOf(id)
        expect(zone === null || siteTimeOf(utc('2026-11-20T01:02:03Z'), zone) !== null).toBe(true)
      }),
    )
  })
})

describe('the clock of a site', () => {
  it('shows an instant with its date, and tells the two passes of a repeated hour apart', () => {
    const zone = 'Australia/Sydney'
    expect(siteTimeOf(utc('2026-11-20T13:30:00Z'), zone)).toEqual({
      zone,
      date: '2026-11-21',
      time: '00:30',
      offsetMinutes: 660,
    })
    // The clocks go back on 5 April 2026 at 03:00 to 02:00.
    const passes = ['2026-04-04T15:30:00Z', '2026-04-04T16:30:00Z'].map((text) => siteTimeOf(utc(text), zone))
    expect(passes.map((there) => [there?.time, there?.offsetMinutes])).toEqual([
      ['02:30', 660],
      ['02:30', 600],
    ])
  })

  it('is not shown where the zone is not known', () => {
    expect(siteTimeOf(0, null)).toBeNull()
    expect(siteTimeOf(0, 'Mars/Olympus')).toBeNull()
    expect(siteTimeOf(Number.NaN, 'Australia/Sydney')).toBeNull()
  })
})

describe('a time of day at a site', () => {
  it.each([
    ['a plain day', '2026-11-20', '13:45:00', 'Australia/Sydney', '2026-11-20T02:45:00Z'],
    ['half an hour off', '2026-11-20', '13:45', 'Australia/Adelaide', '2026-11-20T03:15:00Z'],
    ['a repeated time: the first pass', '2026-04-05', '02:30:00', 'Australia/Sydney', '2026-04-04T15:30:00Z'],
    [
      'a time that is skipped: as before the change',
      '2026-10-04',
      '02:30:00',
      'Australia/Sydney',
      '2026-10-03T16:30:00Z',
    ],
    ['repeated in America', '2026-11-01', '01:30:00', 'America/New_York', '2026-11-01T05:30:00Z'],
    ['skipped in America', '2026-03-08', '02:30:00', 'America/New_York', '2026-03-08T07:30:00Z'],
    ['skipped in London', '2026-03-29', '01:30:00', 'Europe/London', '2026-03-29T01:30:00Z'],
    ['repeated by half an hour', '2026-04-05', '01:45:00', 'Australia/Lord_Howe', '2026-04-04T14:45:00Z'],
  ])('on %s', (_name, date, time, zone, expected) => {
    expect(instantMsOf(date, time, zone)).toBe(utc(expected))
  })

  it.each([
    [null, '10:00', 'Australia/Sydney'],
    ['2026-11-20', null, 'Australia/Sydney'],
    ['2026-11-20', '10:00', null],
    ['20-11-2026', '10:00', 'Australia/Sydney'],
    ['2026-02-30', '10:00', 'Australia/Sydney'],
    ['2026-11-20', '24:30', 'Australia/Sydney'],
    ['2026-11-20', '10:00', 'Mars/Olympus'],
  ])('%j %j %j is none', (date, time, zone) => {
    expect(instantMsOf(date, time, zone)).toBeNull()
  })

  it('comes back as it was from any instant outside a repeated hour', () => {
    const zones = [
      'Australia/Sydney',
      'Pacific/Auckland',
      'America/New_York',
      'Europe/London',
      'Asia/Kolkata',
    ]
    const minute = fc.integer({
      min: utc('2020-01-01T00:00Z') / 60_000,
      max: utc('2035-01-01T00:00Z') / 60_000,
    })
    fc.assert(
      fc.property(minute, fc.constantFrom(...zones), (minutes, zone) => {
        const there = siteTimeOf(minutes * 60_000, zone)
        const back = instantMsOf(there?.date ?? null, there?.time ?? null, zone)
        // In the second pass of a repeated hour the first one is meant: an hour or less before.
        expect([0, 30, 60]).toContain(minutes - (back ?? 0) / 60_000)
      }),
    )
  })
})
