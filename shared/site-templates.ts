import { z } from 'zod'
import { patternProblem } from './restricted-pattern.ts'

/**
 * How a site's own reports label what they say of patient and study, where the built-in labels do not know it
 * (settings `reports.templates`; docs/adr/0012). What a template finds counts like any labelled value.
 */

export const templateFields = ['name', 'birthDate', 'patientId', 'accession', 'appointmentId', 'sex'] as const
export type TemplateField = (typeof templateFields)[number]

export const MAX_TEMPLATES = 20

/** The words of a label (`Client ref`), or a restricted regular expression with one group `(?<value>…)`. */
export const templatePattern = z.string().superRefine((pattern, context) => {
  const problem = patternProblem(pattern)
  if (problem !== null) context.addIssue({ code: 'custom', message: problem })
})

const fieldPatterns = z
  .strictObject({
    name: templatePattern.optional(),
    birthDate: templatePattern.optional(),
    patientId: templatePattern.optional(),
    accession: templatePattern.optional(),
    appointmentId: templatePattern.optional(),
    sex: templatePattern.optional(),
  })
  .refine((fields) => Object.keys(fields).length > 0, { error: 'names no field' })

export const siteTemplate = z.strictObject({
  /** For people: which system or site prints such reports. */
  name: z.string().trim().min(1).max(100),
  fields: fieldPatterns,
})
export type SiteTemplate = z.infer<typeof siteTemplate>

export const siteTemplates = z.array(siteTemplate).max(MAX_TEMPLATES)
