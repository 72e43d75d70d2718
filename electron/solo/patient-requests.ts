import { z } from 'zod'
import { deceasedMoment, isoDay } from './dates.ts'
import { filledText, plainText } from './requests.ts'

/** What may be asked of Solo about patients (contract 3.2). */

const yesOrNo = z.boolean({ error: 'must be true or false' })
const text = plainText.optional()

const personName = z.strictObject({
  use: text,
  /** The vendor's sample has the full name here ("First Last"), so that is what goes out (contract 3.2, ambiguous). */
  family: text,
  firstName: text,
  middleName: text,
  lastName: text,
  alias: text,
})

const telecom = z.strictObject({
  use: text,
  system: z.enum(['phone', 'email'], { error: 'must be one of phone, email' }),
  value: plainText,
})

const address = z.strictObject({
  city: text,
  use: text,
  apartment: text,
  country: text,
  state: text,
  postalcode: text,
  line: z
    .array(plainText, { error: 'must be a list of texts' })
    .max(2, { error: 'may have at most 2 lines' })
    .optional(),
})

const fields = z.strictObject({
  mrn: text,
  /** Deprecated by the vendor. */
  accountNumber: text,
  name: z.array(personName, { error: 'must be a list of names' }).optional(),
  birthDate: isoDay.optional(),
  gender: text,
  maritalStatus: text,
  telecom: z.array(telecom, { error: 'must be a list of phone numbers and addresses' }).optional(),
  contact: z
    .array(z.strictObject({ telecom: z.array(telecom).optional(), name: z.array(personName).optional() }), {
      error: 'must be a list of contacts',
    })
    .optional(),
  preferredLanguage: text,
  race: text,
  ethnicity: text,
  address: z.array(address, { error: 'must be a list of addresses' }).optional(),
  active: yesOrNo.optional(),
  deceased: yesOrNo.optional(),
  deceasedAt: deceasedMoment.optional(),
  /** Deprecated by the vendor. */
  familyMember: yesOrNo.optional(),
  isLinkedByEmail: yesOrNo.optional(),
  groupType: text,
  groupName: text,
})

type Rules = Pick<
  z.infer<typeof fields>,
  'deceased' | 'deceasedAt' | 'isLinkedByEmail' | 'groupType' | 'groupName'
>

/** The rules between fields that the vendor's page states. */
function checkRules({ value, issues }: z.core.ParsePayload<Rules>): void {
  const refuse = (field: keyof Rules, message: string): void => {
    issues.push({ code: 'custom', input: undefined, path: [field], message })
  }
  if (value.deceased === true && value.deceasedAt === undefined)
    refuse('deceasedAt', 'is required when deceased is true')
  if (value.deceased !== true && value.deceasedAt !== undefined)
    refuse('deceasedAt', 'is only allowed when deceased is true')
  for (const field of ['groupType', 'groupName'] as const) {
    if (value.isLinkedByEmail !== true && value[field] !== undefined)
      refuse(field, 'is only allowed when isLinkedByEmail is true')
  }
}

/** A PUT: what is left out stays as it is. */
export const patientFields = fields.check(checkRules)
export type PatientFields = z.infer<typeof patientFields>

/** A POST: as a PUT, with the site's own id of the patient. */
export const newPatient = fields.extend({ id: filledText }).check(checkRules)
export type NewPatient = z.infer<typeof newPatient>
