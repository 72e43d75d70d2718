import type { Exam } from '../../../shared/qualiphy.ts'

/** An invite with what is required, and one with everything; the exams that both choose from. */

export const exams: readonly Exam[] = [
  { id: 800, title: 'GFE Test', rxType: 0 },
  { id: 801, title: 'Contrast check', rxType: 0 },
  { id: 810, title: 'Premedication', rxType: 1 },
  { id: 820, title: 'Premedication by post', rxType: 2 },
  { id: 830, title: 'Unreadable kind', rxType: null },
]

export const required = {
  exams: [800],
  first_name: 'Aoife',
  last_name: 'Ní Bhriain',
  email: 'aoife@example.com',
  dob: '1961-11-29',
  phone_number: '+15552223232',
  tele_state: 'NY',
} as const

export const homeAddress = {
  address_line_1: '123 Main St',
  address_line_2: 'Apt 4B',
  city: 'New York',
  state: 'NY',
  zip_code: '10001',
} as const

export const shippingAddress = {
  shipping_address_line_1: '9 Side St',
  shipping_address_line_2: 'Floor 2',
  shipping_city: 'Newark',
  shipping_state: 'NJ',
  shipping_zip_code: '07101-1234',
} as const

/** Every documented field at once: an exam of RX type 2 with pharmacy, package and addresses. */
export const everything = {
  ...required,
  exams: [800, 820],
  webhook_url: 'https://relay.example.com/q/5d1c',
  additional_data: 'visit 77',
  redirect_approve: 'https://clinic.example.com/approve',
  redirect_reject: 'https://clinic.example.com/reject',
  redirect_na: 'https://clinic.example.com/na',
  redirect_missed: 'https://clinic.example.com/missed',
  dmv_license_number: 'D1234567',
  ...homeAddress,
  ...shippingAddress,
  patient_address_prefill: 1,
  gender: 2,
  pharmacy_id: '17',
  exam_pos_id: 'pos-4',
} as const
