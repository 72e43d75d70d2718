import { z } from 'zod'
import type { Switches } from '../switches.ts'
import type { PracticeState } from './practice-state.ts'
import { ProblemError } from './problem.ts'

/** What a practice is made of beside its appointments: sites, exam codes, staff skills, patients (Q17–Q20, Q23). */

const examCode = z.strictObject({
  examCodeId: z.string().min(1),
  key: z.string().min(1),
  description: z.string(),
  category: z.string().exactOptional(),
  modality: z.string().exactOptional(),
  /** Minutes. */
  totalDuration: z.int().exactOptional(),
  showOnline: z.boolean().exactOptional(),
  lastModifiedDateTime: z.string().exactOptional(),
})

const staffSkills = z.strictObject({
  examKeys: z.array(z.string()),
  examDisplay: z.record(z.string(), z.unknown()),
  headerComments: z.record(z.string(), z.unknown()),
  employees: z.array(z.record(z.string(), z.unknown())),
  examSites: z.record(z.string(), z.unknown()),
})

/** A site as a test asks for it. Sites that only appointments name exist too, without settings. */
export const siteSeed = z.strictObject({
  domain: z.string().min(1).exactOptional(),
  siteName: z.string().min(1),
  /** IANA or Windows id; null: the settings have none. */
  timeZone: z.string().nullable().exactOptional(),
  examCodes: z.array(examCode).exactOptional(),
  staffSkills: staffSkills.exactOptional(),
})
export type SiteSeed = z.infer<typeof siteSeed>

export type Directory = {
  /** Q18. */
  sites(domain: string): object[]
  /** Q19. @throws ProblemError 404 for a site that the domain does not have; so do the next two. */
  site(domain: string, siteName: string): object
  /** Q17. */
  examCodes(domain: string, siteName: string): object[]
  /** Q20. */
  staffSkills(domain: string, siteName: string): object
  /** Q23. @throws ProblemError 404 for a patient without any appointment. */
  patient(domain: string, patientId: string): object
}

const noSkills = { examKeys: [], examDisplay: {}, headerComments: {}, employees: [], examSites: {} }

export function createDirectory(options: {
  readonly defaultDomain: string
  readonly sites: readonly SiteSeed[]
  readonly state: PracticeState
  readonly switches: Switches
}): Directory {
  const { defaultDomain, state, switches } = options

  function sitesOf(domain: string): Map<string, SiteSeed> {
    const own = options.sites.filter((site) => (site.domain ?? defaultDomain) === domain)
    const named = state.ofDomain(domain).map(({ fields }) => ({ siteName: fields.scheduledSite }))
    return new Map([...named, ...own].map((site) => [site.siteName, site]))
  }

  function wanted(domain: string, siteName: string): SiteSeed {
    const site = sitesOf(domain).get(siteName)
    if (site === undefined) throw new ProblemError(404, 'The site was not found.')
    return site
  }

  function timeZoneOf(site: SiteSeed): string | null {
    if (switches.siteTimeZone === 'unknown') return 'Atlantis Standard Time'
    return switches.siteTimeZone === 'missing' ? null : (site.timeZone ?? null)
  }

  return {
    sites: (domain) => [...sitesOf(domain).keys()].map((siteName) => ({ domain, siteName })),
    site(domain, siteName) {
      const site = wanted(domain, siteName)
      return { domain, siteName, timeZone: timeZoneOf(site), isActive: true }
    },
    examCodes(domain, siteName) {
      const codes = wanted(domain, siteName).examCodes ?? []
      return codes.map((code) => ({ site: siteName, ...code }))
    },
    staffSkills: (domain, siteName) => wanted(domain, siteName).staffSkills ?? noSkills,
    patient(domain, patientId) {
      const found = state.ofDomain(domain).find(({ fields }) => fields.patientId === patientId)
      if (found === undefined) throw new ProblemError(404, 'The patient was not found.')
      const { patientName, firstName, lastName, dateOfBirth, gender } = found.fields
      return { domain, patientId, patientName, firstName, lastName, dateOfBirth, gender }
    },
  }
}
