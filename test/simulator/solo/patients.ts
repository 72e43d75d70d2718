import { z } from 'zod'
import { jsonAnswer } from '../core/answer.ts'
import { bodyObject } from '../core/json-request.ts'
import { createdAnswer, patientOf, type SoloHandler, type SoloHandlers } from './solo-call.ts'
import { badParameters, SoloError } from './solo-error.ts'
import {
  calendarDate,
  deceasedDateTime,
  readSoloBody,
  optionalText,
  requiredText,
  unixSeconds,
} from './solo-input.ts'
import type { SoloPatient } from './solo-records.ts'

/** Patients: get, update, create, add a document (contract 3.2, 3.4). */

const name = z.object({
  use: optionalText,
  family: optionalText,
  firstName: optionalText,
  middleName: optionalText,
  lastName: optionalText,
  alias: optionalText,
})
const telecom = z.object({ use: optionalText, system: z.enum(['phone', 'email']), value: z.string() })
const address = z.object({
  city: optionalText,
  use: optionalText,
  apartment: optionalText,
  country: optionalText,
  state: optionalText,
  postalcode: optionalText,
  line: z.array(z.string()).max(2).optional(),
})

const patientFields = {
  mrn: optionalText,
  accountNumber: optionalText,
  name: z.array(name).optional(),
  birthDate: calendarDate.nullish(),
  gender: optionalText,
  maritalStatus: optionalText,
  telecom: z.array(telecom).optional(),
  contact: z
    .array(z.object({ telecom: z.array(telecom).optional(), name: z.array(name).optional() }))
    .optional(),
  preferredLanguage: optionalText,
  race: optionalText,
  ethnicity: optionalText,
  address: z.array(address).optional(),
  active: z.boolean().optional(),
  deceased: z.boolean().nullish(),
  deceasedAt: deceasedDateTime.nullish(),
  familyMember: z.boolean().optional(),
  isLinkedByEmail: z.boolean().optional(),
  groupType: optionalText,
  groupName: optionalText,
}
type PatientBody = z.infer<z.ZodObject<typeof patientFields>>

/** The rules that tie fields to each other. @throws SoloError 400 */
function checkRules(body: PatientBody): void {
  const deceasedAt = body.deceasedAt ?? null
  if (body.deceased === true && deceasedAt === null) {
    throw badParameters([['deceasedAt', 'This value is required when deceased is true.']])
  }
  if (body.deceased !== true && deceasedAt !== null) {
    throw badParameters([['deceasedAt', 'This value is allowed only when deceased is true.']])
  }
  if (body.isLinkedByEmail !== true) return
  const missing = (['groupType', 'groupName'] as const).filter((field) => (body[field] ?? '').trim() === '')
  if (missing.length > 0)
    throw badParameters(missing.map((field) => [field, 'This value should not be blank.']))
}

/** Writes what was sent over what is known; what was not sent stays. */
function apply(patient: SoloPatient, body: PatientBody): void {
  const { groupType, groupName, ...sent } = body
  const known = patient.demographics
  const given = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined))
  const sharedEmailGroup =
    body.isLinkedByEmail === true
      ? { type: groupType ?? '', name: groupName ?? '' }
      : body.isLinkedByEmail === false
        ? null
        : known.sharedEmailGroup
  const alive = body.deceased === false ? { deceasedAt: null } : {}
  patient.demographics = { ...known, ...given, ...alive, sharedEmailGroup }
}

const read: SoloHandler = (call, context) => jsonAnswer(200, patientOf(call, context).demographics)

const update: SoloHandler = (call, context) => {
  const patient = patientOf(call, context)
  const body = readSoloBody(call.request, bodyObject(patientFields, context.switches.refuseUnknownFields))
  checkRules(body)
  apply(patient, body)
  return jsonAnswer(200, context.switches.soloPatientUpdateAnswer === 'array' ? [] : {})
}

export const patientCalls: SoloHandlers<
  | 'solo-patient'
  | 'solo-patient-by-spid'
  | 'solo-patient-update'
  | 'solo-patient-update-by-spid'
  | 'solo-patient-create'
  | 'solo-document-create'
> = {
  'solo-patient': read,
  'solo-patient-by-spid': read,
  'solo-patient-update': update,
  'solo-patient-update-by-spid': update,
  'solo-patient-create': (call, context) => {
    const schema = bodyObject({ ...patientFields, id: requiredText }, context.switches.refuseUnknownFields)
    const { id, ...body } = readSoloBody(call.request, schema)
    checkRules(body)
    // The page does not say what a known id does; taking it would make two patients of one.
    if (context.state.patient(id) !== undefined) {
      throw new SoloError(context.switches.soloRejectedStatus, 'A patient with this id already exists')
    }
    const patient = context.state.addPatient({ id })
    apply(patient, body)
    return createdAnswer(patient.spid, context)
  },
  'solo-document-create': (call, context) => {
    const patient = patientOf(call, context)
    const response = z.object({ question: requiredText, response: z.string() })
    const schema = bodyObject(
      {
        name: requiredText,
        dateTime: unixSeconds,
        responses: z.array(response).min(1, { error: 'This value should not be blank.' }),
      },
      context.switches.refuseUnknownFields,
    )
    patient.documents.push(readSoloBody(call.request, schema))
    return createdAnswer([], context)
  },
}
