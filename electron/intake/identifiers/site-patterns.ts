import { compileExpression, isExpression } from '../../../shared/restricted-pattern.ts'
import type { SiteTemplate, TemplateField } from '../../../shared/site-templates.ts'
import { templateFields } from '../../../shared/site-templates.ts'
import { readField } from './field-values.ts'
import type { Found } from './field-values.ts'
import { siteLabel } from './labels.ts'
import type { Field, SiteLabel } from './labels.ts'

/** The site's templates, ready to be looked for: labels join the built-in ones, expressions go over each line. */
export type SitePatterns = {
  readonly labels: readonly SiteLabel[]
  readonly expressions: readonly SiteExpression[]
}

type SiteExpression = { readonly field: Field; readonly pattern: RegExp }

export const noSitePatterns: SitePatterns = { labels: [], expressions: [] }

/** Longest part of a line that an expression sees: its worst case grows with a power of this. */
const MAX_EXPRESSION_CHARACTERS = 300
/** Values of one expression on one line. */
const MAX_MATCHES = 20

const fieldOf: { readonly [F in TemplateField]: Field } = {
  name: 'name',
  birthDate: 'birthDate',
  patientId: 'patientId',
  accession: 'accession',
  appointmentId: 'appointment',
  sex: 'sex',
}

/** @param templates checked by their schema, so that every pattern compiles */
export function sitePatterns(templates: readonly SiteTemplate[]): SitePatterns {
  const labels: SiteLabel[] = []
  const expressions: SiteExpression[] = []
  for (const { fields } of templates) {
    for (const field of templateFields) {
      const pattern = fields[field]
      if (pattern === undefined) continue
      if (isExpression(pattern)) {
        expressions.push({ field: fieldOf[field], pattern: compileExpression(pattern) })
      } else labels.push(siteLabel(fieldOf[field], pattern))
    }
  }
  return { labels, expressions }
}

/** What the groups `value` of the expressions hold, each line by itself; what is no value of its field is left out. */
export function* expressionValues(
  lines: readonly string[],
  expressions: readonly SiteExpression[],
): Generator<Found> {
  if (expressions.length === 0) return
  for (const line of lines) {
    const part = line.slice(0, MAX_EXPRESSION_CHARACTERS)
    for (const { field, pattern } of expressions) {
      for (const match of [...part.matchAll(pattern)].slice(0, MAX_MATCHES)) {
        const value = match.groups?.['value'] ?? ''
        const label = { field, trust: 'clear', words: '', start: 0, end: 0, marked: true, hint: '' } as const
        yield* readField(label, value, { marked: true, follows: false, around: '' })
      }
    }
  }
}
