import { z } from 'zod'
import type { Result } from '../http/outcome.ts'
import { one } from '../qubs/calls.ts'
import { demographicsSchema, soloPatientIdSchema, type Demographics } from './answers.ts'
import { checked, type CallOptions, type SoloCaller } from './caller.ts'
import { newPatient, patientFields, type NewPatient, type PatientFields } from './patient-requests.ts'
import { path, type SoloPath } from './path.ts'
import { newDocument, type NewDocument } from './requests.ts'

/** Patients and their documents (contract 3.2, 3.4). */
export type PatientCalls = {
  /** By the site's own id of the patient. */
  readonly getPatient: (patientId: string, options?: CallOptions) => Promise<Result<Demographics>>
  /** By the Solo patient id (SPID). */
  readonly getPatientBySpid: (spid: number, options?: CallOptions) => Promise<Result<Demographics>>
  readonly updatePatient: (
    patientId: string,
    fields: PatientFields,
    options?: CallOptions,
  ) => Promise<Result<null>>
  readonly updatePatientBySpid: (
    spid: number,
    fields: PatientFields,
    options?: CallOptions,
  ) => Promise<Result<null>>
  /** The new patient's SPID. */
  readonly createPatient: (patient: NewPatient, options?: CallOptions) => Promise<Result<number>>
  readonly addDocument: (
    patientId: string,
    document: NewDocument,
    options?: CallOptions,
  ) => Promise<Result<null>>
}

/** A Solo id is a positive whole number. */
export const soloId = z
  .int({ error: 'must be a whole number, as Solo gives ids' })
  .min(1, { error: 'must be a whole number, as Solo gives ids' })

/** The path for a SPID, or null where it is none. */
export function spidPath(spid: number, rest: '' | '/appointments' = ''): SoloPath {
  if (!soloId.safeParse(spid).success) return null
  return rest === ''
    ? path`patients/id/type/SPID/value/${spid}`
    : path`patients/id/type/SPID/value/${spid}/appointments`
}

export function patientCalls({ read, write, change }: SoloCaller): PatientCalls {
  const get = (at: SoloPath, options: CallOptions) =>
    read({ method: 'GET', path: at }, options, one(demographicsSchema))
  const update = async (at: SoloPath, given: PatientFields, options: CallOptions) => {
    const fields = checked(patientFields, given)
    if (!fields.ok) return fields
    const body = { kind: 'json', value: fields.value } as const
    return change({ method: 'PUT', path: at, body }, options, 'read the patient again')
  }
  return {
    getPatient: (patientId, options = {}) => get(path`patients/${patientId}`, options),
    getPatientBySpid: (spid, options = {}) => get(spidPath(spid), options),
    updatePatient: (patientId, fields, options = {}) => update(path`patients/${patientId}`, fields, options),
    updatePatientBySpid: (spid, fields, options = {}) => update(spidPath(spid), fields, options),
    async createPatient(given, options = {}) {
      const patient = checked(newPatient, given)
      if (!patient.ok) return patient
      return write(
        { method: 'POST', path: path`patients`, body: { kind: 'json', value: patient.value } },
        options,
        'look for the patient by the same id',
        one(soloPatientIdSchema),
      )
    },
    async addDocument(patientId, given, options = {}) {
      const document = checked(newDocument, given)
      if (!document.ok) return document
      const body = { kind: 'json', value: document.value } as const
      return change(
        { method: 'POST', path: path`patients/${patientId}/documents`, body },
        options,
        "look at the patient's documents in Solo",
      )
    },
  }
}
