import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bodyOfInvite, checkInvite, prefillInvite, previewInvite } from '../../../shared/qualiphy-form.ts'
import { contradictsStudy } from '../../../electron/qualiphy/study-patient.ts'
import { inviteFieldNames, inviteSchema, type InviteField } from '../../../shared/qualiphy.ts'
import { everything, exams, homeAddress, required, shippingAddress } from './samples.ts'

const today = '2026-11-21'
const check = (form: unknown, known: typeof exams | null = exams) => checkInvite(form, today, known)

/** Fields that a form is refused for, in order. */
function faults(form: unknown, known: typeof exams | null = exams): (InviteField | null)[] {
  const read = check(form, known)
  return read.ok ? [] : read.problems.map(({ field }) => field)
}

describe('the form of an invite', () => {
  it('takes what is required alone, and every documented field at once', () => {
    expect(check(required)).toEqual({ ok: true, invite: { ...required, exams: [800] } })
    expect(check(everything)).toMatchObject({ ok: true, invite: { ...everything, exams: [800, 820] } })
    expect(Object.keys(everything).toSorted()).toEqual([...inviteFieldNames].toSorted())
    expect(Object.keys(inviteSchema.shape)).toEqual([...inviteFieldNames])
  })

  it('asks for every required field by its name', () => {
    expect(faults({})).toEqual([
      'exams',
      'first_name',
      'last_name',
      'email',
      'dob',
      'phone_number',
      'tele_state',
    ])
    expect(faults({ ...required, first_name: '  ' })).toEqual(['first_name'])
    expect(check({ ...required, first_name: '  ' })).toMatchObject({
      problems: [{ message: 'The first name is missing.' }],
    })
  })

  it.each<[field: InviteField, bad: unknown[], good: unknown[]]>([
    [
      'exams',
      [[], [0], ['x'], [800, 800], [999], 'all', Array.from({ length: 21 }, (_, n) => n + 1)],
      [['800'], [800, 801]],
    ],
    [
      'phone_number',
      ['5552223232 1', '+445552223232', '(555) 222-3232', '15552223232', 5],
      ['5552223232', '+15552223232'],
    ],
    [
      'dob',
      ['29.11.1961', '1961-02-30', '2026-11-22', '1700-01-01', '1961-1-1'],
      ['2026-11-21', '1900-01-01'],
    ],
    ['tele_state', ['ny', 'New York', 'XX', 'N'], ['DC', 'PR']],
    ['email', ['aoife', 'a@b', 'a b@example.com'], ['a.b+c@example.org']],
    ['gender', [0, 4, 'F', 1.5], [1, '2', 3]],
    [
      'webhook_url',
      ['http://relay.example.com', 'http://127.0.0.1', 'relay', 'https://u:p@relay.example.com'],
      ['https://relay.example.com/x'],
    ],
    ['redirect_approve', ['http://x.example.com', 'javascript:alert(1)'], ['https://x.example.com']],
    ['redirect_reject', ['ftp://x.example.com'], ['https://x.example.com']],
    ['redirect_na', ['//x.example.com'], ['https://x.example.com']],
    ['redirect_missed', ['x.example.com'], ['https://x.example.com']],
    ['additional_data', [7, 'x'.repeat(1_001), 'two\nlines'], ['visit 77']],
    ['dmv_license_number', ['x'.repeat(51)], ['D1234567']],
    ['first_name', ['a\u0000b', '\ud800', 'x'.repeat(101), 7], ['Seán']],
    ['last_name', ['x'.repeat(101)], ['O’Brien-Ní']],
  ])('checks %s by itself', (field, bad, good) => {
    for (const value of bad)
      expect([value, faults({ ...required, [field]: value })]).toEqual([value, [field]])
    for (const value of good) expect([value, faults({ ...required, [field]: value })]).toEqual([value, []])
  })

  it('checks the parts of both addresses, which are given whole or not at all', () => {
    expect(faults({ ...required, ...homeAddress })).toEqual([])
    expect(faults({ ...required, city: 'New York' })).toEqual(['address_line_1', 'state', 'zip_code'])
    expect(faults({ ...required, ...shippingAddress })).toEqual([])
    expect(faults({ ...required, shipping_address_line_2: 'Floor 2' })).toEqual([
      'shipping_address_line_1',
      'shipping_city',
      'shipping_state',
      'shipping_zip_code',
    ])
    expect(faults({ ...required, ...homeAddress, state: 'ny', zip_code: '1000' })).toEqual([
      'state',
      'zip_code',
    ])
    expect(faults({ ...required, ...shippingAddress, shipping_zip_code: 'x' })).toEqual(['shipping_zip_code'])
  })

  it('allows one prescriptive exam, which needs the addresses', () => {
    const one = { ...required, exams: [800, 810] }
    expect(faults(one)).toEqual(['patient_address_prefill'])
    expect(faults({ ...one, patient_address_prefill: 2 })).toEqual([])
    expect(faults({ ...one, patient_address_prefill: 1, ...homeAddress })).toEqual([
      'shipping_address_line_1',
      'shipping_city',
      'shipping_state',
      'shipping_zip_code',
    ])
    expect(faults({ ...one, patient_address_prefill: '1', ...homeAddress, ...shippingAddress })).toEqual([])
    expect(
      faults({ ...one, exams: [810, 820], patient_address_prefill: 2, pharmacy_id: 1, exam_pos_id: 2 }),
    ).toEqual(['exams'])
    expect(faults({ ...required, patient_address_prefill: 2 })).toEqual(['patient_address_prefill'])
  })

  it('takes pharmacy and package for RX type 2 only, and then both', () => {
    const posted = { ...required, exams: [820], patient_address_prefill: 2 }
    expect(faults(posted)).toEqual(['pharmacy_id', 'exam_pos_id'])
    expect(faults({ ...posted, pharmacy_id: 1 })).toEqual(['exam_pos_id'])
    expect(faults({ ...posted, pharmacy_id: 1, exam_pos_id: 'p-2' })).toEqual([])
    expect(faults({ ...required, pharmacy_id: 1, exam_pos_id: 2 })).toEqual(['pharmacy_id', 'exam_pos_id'])
    expect(faults({ ...posted, pharmacy_id: 'a b', exam_pos_id: 2 })).toEqual(['pharmacy_id'])
  })

  it('leaves the kind of exams to Qualiphy where the list is not there or cannot be read', () => {
    const typed = { ...required, exams: [5, 6], patient_address_prefill: 2, pharmacy_id: 1, exam_pos_id: 2 }
    expect(faults(typed, null)).toEqual([])
    expect(faults({ ...typed, pharmacy_id: undefined }, null)).toEqual(['pharmacy_id'])
    expect(faults({ ...typed, exams: [830] })).toEqual([])
    expect(faults({ ...typed, exams: [5] })).toEqual(['exams'])
  })

  it('keeps the patient out of what is passed on', () => {
    for (const field of ['webhook_url', 'redirect_na'] as const) {
      expect(faults({ ...required, [field]: 'https://x.example.com/?p=5552223232' })).toEqual([field])
      expect(faults({ ...required, [field]: 'https://x.example.com/?d=1961-11-29' })).toEqual([field])
    }
    expect(faults({ ...required, additional_data: 'AOIFE@example.com' })).toEqual(['additional_data'])
  })

  it('knows no other field, no key, and repeats nothing that was typed', () => {
    const read = check({ ...required, api_key: 'hunter2', email: 'secret value', hunter3: 1 })
    expect(read).toMatchObject({ ok: false, problems: [{ field: null }, { field: 'email' }] })
    expect(JSON.stringify(read)).not.toMatch(/hunter|secret value/)
    for (const nothing of [null, 'x', 3, []]) expect(faults(nothing)).toEqual([null])
  })

  it('never crashes, and what it takes it takes again as it is', () => {
    const form = fc.record(
      Object.fromEntries(
        inviteFieldNames.map((name) => [
          name,
          fc.oneof(
            { weight: 30, arbitrary: fc.constant(everything[name]) },
            { weight: 1, arbitrary: fc.anything() },
          ),
        ]),
      ),
      { requiredKeys: [...inviteFieldNames] },
    )
    let taken = 0
    fc.assert(
      fc.property(form, fc.boolean(), (typed, listed) => {
        const read = check(typed, listed ? exams : null)
        if (read.ok) taken += 1
        expect(read.ok ? check(read.invite, listed ? exams : null) : read).toEqual(read)
        expect(read.ok || read.problems.length > 0).toBe(true)
      }),
      { numRuns: 500 },
    )
    expect(taken).toBeGreaterThan(20)
  })
})

describe('what is sent', () => {
  it('is in the preview, field by field, with the code in place of the key', () => {
    const read = check(everything)
    if (!read.ok) throw new Error('The sample must pass.')
    const body = bodyOfInvite(read.invite, 'T')
    expect(Object.keys(body)).toEqual([...inviteFieldNames])
    expect(body).toMatchObject({
      additional_data: 'T',
      pharmacy_id: 17,
      exam_pos_id: 'pos-4',
      exams: [800, 820],
    })
    const preview = previewInvite(read.invite)
    expect(preview.map(({ field }) => field)).toEqual([...inviteFieldNames])
    expect(preview.find(({ field }) => field === 'additional_data')?.value).toBe(
      '(a random code of this invite) visit 77',
    )
  })

  it('has no field that was left out but the code', () => {
    const read = check(required)
    const body = read.ok ? bodyOfInvite(read.invite, 'T') : {}
    expect(Object.keys(body).toSorted()).toEqual([...Object.keys(required), 'additional_data'].toSorted())
  })
})

describe('the form starts with the study', () => {
  const nobody = { patientName: null, firstName: null, lastName: null, dateOfBirth: null, gender: null }

  it('name, birth date, sex, and the site’s webhook address', () => {
    const study = {
      ...nobody,
      firstName: ' Aoife ',
      lastName: 'Ní Bhriain',
      dateOfBirth: '1961-11-29',
      gender: 'F',
    }
    expect(prefillInvite(study, { webhookUrl: 'https://relay.example.com' })).toEqual({
      first_name: 'Aoife',
      last_name: 'Ní Bhriain',
      dob: '1961-11-29',
      gender: 2,
      webhook_url: 'https://relay.example.com',
    })
  })

  it('and guesses nothing', () => {
    const named = (patientName: string) => prefillInvite({ ...nobody, patientName }, {})
    expect(named('Ní Bhriain^Aoife^M')).toEqual({ first_name: 'Aoife', last_name: 'Ní Bhriain' })
    expect(named('Ní Bhriain, Aoife')).toEqual({ first_name: 'Aoife', last_name: 'Ní Bhriain' })
    expect(named('Aoife Byrne')).toEqual({ first_name: 'Aoife', last_name: 'Byrne' })
    expect(named('Aoife Ní Bhriain')).toEqual({})
    expect(prefillInvite({ ...nobody, dateOfBirth: '29/11/1961', gender: 'O' }, {})).toEqual({})
  })

  it('and a birth date or a name that is not the patient’s is noticed', () => {
    const read = check(required)
    if (!read.ok) throw new Error('The sample must pass.')
    const { invite } = read
    const faultsOf = (other: Partial<Record<keyof typeof nobody, string | null>>) =>
      contradictsStudy(invite, { ...nobody, ...other }).map(({ field }) => field)
    for (const dateOfBirth of ['1961-11-29', '29/11/1961', null])
      expect(faultsOf({ dateOfBirth })).toEqual([])
    expect(faultsOf({ dateOfBirth: '1961-11-28' })).toEqual(['dob'])
    for (const same of [
      { firstName: 'AOIFE', lastName: 'Ni Bhriain' },
      { firstName: 'Aoife Máire', lastName: 'Ní Bhriain' },
      { patientName: 'NÍ BHRIAIN^AOIFE' },
      { patientName: 'Aoife Ní Bhriain' },
      { lastName: 'Ní Bhriain' },
      { patientName: '山田^太郎' },
    ])
      expect(faultsOf(same)).toEqual([])
    for (const other of [
      { firstName: 'Mary', lastName: 'Ní Bhriain' },
      { firstName: 'Aoife', lastName: 'Byrne' },
      { patientName: 'Byrne^Mary' },
    ])
      expect(faultsOf(other)).toEqual(['last_name'])
  })
})
