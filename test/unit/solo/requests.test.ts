import { describe, expect, it } from 'vitest'
import { checked } from '../../../electron/solo/caller.ts'
import { atomMoment, deceasedMoment, isoDay, unixSeconds } from '../../../electron/solo/dates.ts'
import { newPatient, patientFields } from '../../../electron/solo/patient-requests.ts'
import { path } from '../../../electron/solo/path.ts'
import {
  appointmentChanges,
  assistancePlace,
  dumpRange,
  encounterReportOrder,
  episodeFields,
  newAppointment,
  newAttachment,
  newDocument,
  perfectAnswerFields,
  slotSearch,
  webhookFields,
} from '../../../electron/solo/requests.ts'

const messageOf = (schema: Parameters<typeof checked>[0], given: unknown): string => {
  const read = checked(schema, given)
  return read.ok ? 'taken' : read.failure.message
}
const secret = 'Jane-Doe-1988'

describe('a request outside its limits is refused by the name of the field, without what was given', () => {
  const room = { waitingRoom: 'Great Room' }
  const answer = {
    firstName: 'J',
    lastName: 'D',
    dob: '2001-01-20',
    locationId: 'b20be9ce-eb93-48be-ad56-271ec4b2973c',
    mrn: '1',
    requestingProvider: 'P',
    consultType: 'new',
    reason: 'Stroke',
  }
  const order = {
    from: '2024-08-15T15:52:01+00:00',
    to: '2024-08-15T15:52:01+00:00',
    presetId: 'p',
    password: 'x',
  }
  const file = { bytes: new Uint8Array(1), contentType: 'application/pdf' }
  const durations = 'duration must be a whole number of seconds from 1 to 86400.'
  it.each([
    ['waiting room', newAppointment, {}, 'waitingRoom must be a text.'],
    ['duration 0', newAppointment, { ...room, duration: 0 }, durations],
    ['duration 86,401', newAppointment, { ...room, duration: 86_401 }, durations],
    ['duration in text', slotSearch, { after: 1, before: 2, ...room, duration: secret }, durations],
    [
      'milliseconds',
      newAppointment,
      { ...room, date: 1_499_441_179_000 },
      'date must be in seconds since 1970, not in milliseconds.',
    ],
    ['blank id', newAppointment, { ...room, externalId: ' ' }, 'externalId must not be blank.'],
    [
      'unknown field',
      newAppointment,
      { ...room, waitingroom: 'x' },
      'The request has an unknown field "waitingroom".',
    ],
    [
      'a field that looks like content',
      newAppointment,
      { ...room, [secret]: 1 },
      'The request has an unknown field.',
    ],
    [
      'half a character',
      newAppointment,
      { ...room, reasons: ['\uD800'] },
      'reasons.0 has a broken character (half of a pair).',
    ],
    ['another status', appointmentChanges, { status: 'completed' }, 'status may only be cancelled.'],
    ['no change', appointmentChanges, {}, 'The request must change at least one field.'],
    ['slots backwards', slotSearch, { after: 2, before: 1, ...room }, 'before must be later than after.'],
    [
      'document without time',
      newDocument,
      { name: 'x', responses: [{ question: 'q', response: 'r' }] },
      'dateTime must be a whole number of seconds since 1970.',
    ],
    [
      'episode status in lower case',
      episodeFields,
      { name: 'x', type: 'y', from: '2026-11-20', status: 'planning' },
      'status must be one of PLANNING, WAITLIST, ACTIVE, ONHOLD, FINISHED, CANCELED.',
    ],
    [
      'a day that does not exist',
      episodeFields,
      { name: 'x', type: 'y', from: '2026-02-30', status: 'ACTIVE' },
      'from must be a date such as 2026-11-20.',
    ],
    ['dump backwards', dumpRange, { from: '2026-02-02', to: '2026-02-01' }, 'to must not be before from.'],
    [
      'Z in a report order',
      encounterReportOrder,
      { ...order, from: '2024-08-15T15:52:01Z' },
      'from must be a date and time with an offset such as 2026-11-20T00:00:00+00:00.',
    ],
    ['no password', encounterReportOrder, { ...order, password: '' }, 'password must not be blank.'],
    ['location', perfectAnswerFields, { ...answer, locationId: '123' }, 'locationId must be a UUID.'],
    [
      'reason',
      perfectAnswerFields,
      { ...answer, reason: secret },
      'reason must be one of Stroke, EEG Stat, EEG Routine.',
    ],
    [
      'http endpoint',
      webhookFields,
      { endpoint: 'http://relay.example.org', events: ['patient:created'] },
      'endpoint must be an https:// address.',
    ],
    [
      'no events',
      webhookFields,
      { endpoint: 'https://r.example.org', events: [] },
      'events must name at least one event.',
    ],
    [
      'two places at once',
      assistancePlace,
      { patientMrn: secret, deviceSerialNumber: '1' },
      'The request must have either building, floor and room (and bed), or department and room (and bed), or patientMrn, or deviceSerialNumber.',
    ],
    ['empty file', newAttachment, { ...file, bytes: new Uint8Array() }, 'bytes must not be empty.'],
    [
      'text file',
      newAttachment,
      { ...file, contentType: 'text/plain' },
      'contentType must be one of application/pdf, application/x-pdf, image/pdf, image/png, image/jpeg.',
    ],
    [
      'file name',
      newAttachment,
      { ...file, fileName: '../x.pdf' },
      'fileName must not have slashes or control characters in it.',
    ],
    ['no patient id', newPatient, { mrn: '1' }, 'id must be a text.'],
    [
      'three address lines',
      patientFields,
      { address: [{ line: ['', '', ''] }] },
      'address.0.line may have at most 2 lines.',
    ],
    [
      'fax',
      patientFields,
      { telecom: [{ system: 'fax', value: secret }] },
      'telecom.0.system must be one of phone, email.',
    ],
    [
      'deceased without time',
      patientFields,
      { deceased: true },
      'deceasedAt is required when deceased is true.',
    ],
    [
      'time without deceased',
      patientFields,
      { deceasedAt: '2020-03-31 10:12 AM' },
      'deceasedAt is only allowed when deceased is true.',
    ],
    [
      'time of the living',
      newPatient,
      { id: '1', deceased: false, deceasedAt: '2020-03-31 10:12 AM' },
      'deceasedAt is only allowed when deceased is true.',
    ],
    [
      'ISO time of death',
      patientFields,
      { deceased: true, deceasedAt: '2020-03-31T10:12' },
      'deceasedAt must be a date and time such as 2020-03-31 10:12 AM.',
    ],
    [
      'group alone',
      patientFields,
      { groupName: secret },
      'groupName is only allowed when isLinkedByEmail is true.',
    ],
  ])('%s', (_, schema, given, message) => {
    expect(messageOf(schema, given)).toBe(message)
    expect(message).not.toContain(secret)
  })

  it('takes 5 MiB, and not a byte more', () => {
    const of = (length: number) => ({ bytes: new Uint8Array(length), contentType: 'application/pdf' })
    expect(messageOf(newAttachment, of(5_242_880))).toBe('taken')
    expect(messageOf(newAttachment, of(5_242_881))).toBe('bytes may have at most 5242880 bytes (5 MiB).')
  })
})

describe('each form of time is its own', () => {
  it.each([
    [unixSeconds, 1_499_441_179, '2017-07-07'],
    [isoDay, '2024-02-29', '2023-02-29'],
    [deceasedMoment, '2020-03-31 12:12 AM', '2020-03-31 00:12 AM'],
    [deceasedMoment, '2020-02-29 01:59 PM', '2020-02-30 01:59 PM'],
    [atomMoment, '2024-08-15T15:52:01+10:30', '2024-08-15T15:52:01.000+10:30'],
  ])('%#: %s, but not %s', (schema, right, wrong) => {
    expect(schema.safeParse(right).success).toBe(true)
    expect(schema.safeParse(wrong).success).toBe(false)
  })
})

describe('a path', () => {
  it('has every id as one encoded segment', () => {
    expect(path`appointments/${'a/b:c d'}/attachments/${7}`).toEqual({
      text: 'appointments/a%2Fb%3Ac%20d/attachments/7',
      ids: ['a/b:c d', '7'],
    })
  })

  it.each(['', '.', '..', '\uD800'])('is none with the id %j', (id) => {
    expect(path`patients/${id}`).toBeNull()
  })
})
