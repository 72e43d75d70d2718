import type { Result } from '../http/outcome.ts'
import { many, one, type Caller, type CallOptions } from './calls.ts'
import { noParameters } from './parameters.ts'
import {
  examCodeSchema,
  patientSummarySchema,
  readStaffSkills,
  siteSchema,
  siteSettingsSchema,
  type ExamCode,
  type PatientSummary,
  type Site,
  type SiteSettings,
  type StaffSkills,
} from './practice-schemas.ts'
import { readList, type Rows } from './schemas.ts'

/** Q17–Q20 and Q23: sites with their settings, exam codes and staff skills, and patients. */
export type PracticeCalls = {
  /** Q18. */
  readonly listSites: (options?: CallOptions) => Promise<Result<Rows<Site>>>
  /** Q19. */
  readonly getSite: (siteName: string, options?: CallOptions) => Promise<Result<SiteSettings>>
  /** Q17. */
  readonly listExamCodes: (siteName: string, options?: CallOptions) => Promise<Result<Rows<ExamCode>>>
  /** Q20. */
  readonly getStaffSkills: (siteName: string, options?: CallOptions) => Promise<Result<StaffSkills>>
  /** Q23. */
  readonly getPatient: (patientId: string, options?: CallOptions) => Promise<Result<PatientSummary>>
}

export function practiceCalls({ domain, read }: Caller): PracticeCalls {
  return {
    listSites: (options = {}) =>
      read(['sites'], noParameters, options, (json) => {
        const list = readList(siteSchema, json, domain)
        return list === null ? 'its content is not a list of sites' : { value: list }
      }),
    getSite: (siteName, options = {}) =>
      read(['sites', siteName], noParameters, options, (json) => {
        const found = one(siteSettingsSchema)(json)
        if (typeof found === 'string') return found
        const { domain: ofDomain, siteName: named } = found.value
        // Another site's zone would shift every deadline.
        const isOther =
          (ofDomain ?? domain) !== domain || (named ?? siteName).toLowerCase() !== siteName.toLowerCase()
        return isOther ? 'it is about another site' : found
      }),
    listExamCodes: (siteName, options = {}) =>
      read(['sites', siteName, 'exam-codes'], noParameters, options, many(examCodeSchema)),
    getStaffSkills: (siteName, options = {}) =>
      read(['sites', siteName, 'staff-skills'], noParameters, options, (json) => {
        const skills = readStaffSkills(json)
        return skills === null ? 'its content is not a grid of skills' : { value: skills }
      }),
    getPatient: (patientId, options = {}) =>
      read(['patients', patientId], noParameters, options, (json) => {
        const found = one(patientSummarySchema)(json)
        if (typeof found === 'string') return found
        const isOther = found.value.patientId !== patientId || (found.value.domain ?? domain) !== domain
        return isOther ? 'it is about another patient' : found
      }),
  }
}
