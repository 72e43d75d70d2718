import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { settingsSchema, type Settings } from '../../../shared/settings.ts'
import { soloAppointmentStatuses, visitIdOf } from '../../../shared/solo.ts'
import { demographicsSchema } from '../../../electron/solo/answers.ts'
import { attachmentTypeOf } from '../../../electron/solo/attachment-type.ts'
import { reportTitle } from '../../../electron/solo/attach-report.ts'
import { guardLink } from '../../../electron/solo/link-guard.ts'
import {
  comparePatient,
  missingFields,
  missingForSolo,
  patientFieldsOf,
  soloSexOf,
} from '../../../electron/solo/study-patient.ts'
import { visitStatusOf } from '../../../electron/solo/visit-status.ts'

const withSolo = (solo: object, domains = ['acme']) =>
  settingsSchema.safeParse({
    practices: domains.map((domain) => ({ domain })),
    dropFolder: { path: '/reports' },
    solo,
  })
const soloOf = (solo: object): Settings['solo'] => {
  const read = withSolo(solo)
  if (!read.success) throw new Error(read.error.message)
  return read.data.solo
}

describe('the settings of Solo', () => {
  it('stay as published where nothing is set', () => {
    expect(soloOf({})).toEqual({ baseUrl: 'https://demo.visitnow.org' })
  })

  it.each([
    ['a template without the appointment', { visitId: '{domain}' }],
    ['a template with a slash', { visitId: '{domain}/{appointmentId}' }],
    ['a template with an unknown part', { visitId: '{appointmentId}{patient}' }],
    ['a host with a scheme', { linkHosts: ['https://visit.example.org'] }],
    ['a host with a wild card', { linkHosts: ['*.example.org'] }],
    ['a host in capitals', { linkHosts: ['Visit.example.org'] }],
    ['an unknown key', { linkHost: 'visit.example.org' }],
  ])('refuse %s', (_, solo) => {
    expect(withSolo(solo).success).toBe(false)
  })

  it('want the domain in the template where there are several practices', () => {
    expect(withSolo({ visitId: '{appointmentId}' }).success).toBe(true)
    const two = withSolo({ visitId: '{appointmentId}' }, ['acme', 'other'])
    expect(two.error?.issues[0]).toMatchObject({ path: ['solo', 'visitId'] })
    expect(withSolo({}, ['acme', 'other']).success).toBe(true)
  })

  it('name a visit after its study', () => {
    const study = { domain: 'acme', appointmentId: '{domain}$&' }
    expect(visitIdOf('{domain}:{appointmentId}', study)).toBe('acme:{domain}$&')
  })
})

describe('the status of a visit', () => {
  const of = (status: string | null, call: string | null = null) =>
    visitStatusOf({ status, videoCall: call === null ? null : { id: null, status: call } })
  it.each([
    ['scheduled', null, { kind: 'scheduled' }],
    ['Scheduled', 'waiting', { kind: 'waiting' }],
    ['arrived', null, { kind: 'arrived' }],
    ['in progress.intake.ready', 'waiting', { kind: 'waiting' }],
    ['in progress.exam.progress', 'on call', { kind: 'in-progress', onCall: true }],
    ['discharge.ready', 'on hold', { kind: 'in-progress', onCall: false }],
    ['arrived', 'LWBS', { kind: 'missed' }],
    ['completed', 'LWBS', { kind: 'completed' }],
    ['sign off', null, { kind: 'completed' }],
    ['cancelled', 'waiting', { kind: 'cancelled' }],
    ['not showed up', null, { kind: 'missed' }],
    ['teleported', 'waiting', { kind: 'unknown', text: 'teleported' }],
    [null, null, { kind: 'unknown', text: '' }],
  ])('%s and %s', (status, call, expected) => {
    expect(of(status, call)).toEqual(expected)
  })

  it('is known for every word of the vendor', () => {
    expect(soloAppointmentStatuses.filter((status) => of(status).kind === 'unknown')).toEqual([])
  })
})

describe('the patient of a study', () => {
  const study = {
    patientId: '220001',
    patientName: 'Jane Doe',
    firstName: 'Jane',
    lastName: 'Doe',
    dateOfBirth: '1988-03-03',
    gender: 'F',
  }
  const there = (fields: object) => demographicsSchema.parse(fields)
  const name = { family: 'Jane Doe', firstName: 'Jane', lastName: 'Doe' }

  it('goes out with what the study knows, and nothing else', () => {
    expect(patientFieldsOf(study)).toEqual({
      name: [{ use: 'usual', ...name }],
      birthDate: '1988-03-03',
      gender: 'female',
    })
    expect(patientFieldsOf({ ...study, dateOfBirth: '03/03/1988', gender: 'Y', firstName: null })).toEqual({
      name: [{ use: 'usual', family: 'Doe', firstName: '', lastName: 'Doe' }],
    })
  })

  it.each([
    ['F', 'female'],
    ['male', 'male'],
    ['X', 'other'],
    [null, 'unknown'],
  ])('of the gender %s is %s', (gender, sex) => {
    expect(soloSexOf(gender)).toBe(sex)
  })

  it('says what is missing', () => {
    expect(missingForSolo(study)).toEqual([])
    expect(missingForSolo({ ...study, patientId: null, dateOfBirth: 'x' })).toEqual([
      'the patient id',
      'the date of birth',
    ])
  })

  it.each([
    ['the same', { name: [name], birthDate: '1988-03-03' }, 'agrees'],
    ['another birth date', { name: [name], birthDate: '1988-03-04' }, 'contradicts'],
    ['another name', { name: [{ ...name, lastName: 'Smith' }], birthDate: '1988-03-03' }, 'contradicts'],
    ['the full name only', { name: [{ family: 'Jane Doe' }], birthDate: '1988-03-03' }, 'agrees'],
    ['no birth date', { name: [name] }, 'not-compared'],
    ['nothing', {}, 'not-compared'],
  ])('is compared with Solo: %s', (_, fields, expected) => {
    expect(comparePatient(there(fields), study)).toBe(expected)
  })

  it('fills the gaps of what Solo knows, and changes nothing else', () => {
    const known = { name: [{ ...name, firstName: 'Jane Ann', middleName: 'X' }], birthDate: '1988-03-03' }
    expect(missingFields(there({ ...known, gender: 'other' }), study)).toEqual({})
    expect(missingFields(there({ ...known, gender: 'unknown' }), study)).toEqual({ gender: 'female' })
    expect(missingFields(there({}), study)).toEqual(patientFieldsOf(study))
  })
})

describe('a link', () => {
  const solo = soloOf({ linkHosts: ['teams.microsoft.com', 'visit.example.org:8443'] })
  it.each([
    'https://demo.visitnow.org/videocalls/1?x=1#y',
    'https://teams.microsoft.com/v2/?meetingjoin=true',
    'https://visit.example.org:8443/x',
  ])('may lead to %s', (link) => {
    expect(guardLink(link, solo)).toMatchObject({ ok: true, value: link })
  })

  it.each([
    ['http://demo.visitnow.org/x', 'link'],
    ['https://demo.visitnow.org.evil.example/x', 'link-host'],
    ['https://evil.example/demo.visitnow.org', 'link-host'],
    ['https://demo.visitnow.org@evil.example/', 'link'],
    ['https://demo.visitnow.org:444/', 'link-host'],
    ['https://visit.example.org/x', 'link-host'],
    ['javascript:alert(1)', 'link'],
    ['file:///etc/passwd', 'link'],
    ['', 'link'],
  ])('may not lead to %s', (link, code) => {
    expect(guardLink(link, solo)).toMatchObject({ ok: false, failure: { code } })
  })

  it('never gets through with a host that is not on the list', () => {
    const through = fc.sample(fc.webUrl(), 100).filter((link) => guardLink(link, solo).ok)
    const known = /^https:\/\/(demo\.visitnow\.org|teams\.microsoft\.com)\//
    expect(through.filter((link) => !known.test(link))).toEqual([])
  })
})

describe('a file', () => {
  it.each([
    ['application/pdf', Buffer.from('junk\n%PDF-1.4')],
    ['image/png', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
    ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
    [null, Buffer.from('plain')],
  ])('is %s by its content', (type, bytes) => {
    expect(attachmentTypeOf(bytes)).toBe(type)
  })

  it('is called after its study and its content', () => {
    expect(reportTitle('A/1', Buffer.from('x'))).toBe('A-1-report-2d711642b726.pdf')
    expect(reportTitle('A1', Buffer.from('y'))).not.toBe(reportTitle('A1', Buffer.from('x')))
  })
})
