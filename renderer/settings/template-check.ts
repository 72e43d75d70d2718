import { patternProblem } from '../../shared/restricted-pattern.ts'
import {
  siteTemplate,
  templateFields,
  type SiteTemplate,
  type TemplateField,
} from '../../shared/site-templates.ts'
import { words } from '../words.ts'

/** Longest name, as in shared/site-templates.ts. */
export const MAX_TEMPLATE_NAME = 100

/** A template as it is being typed: empty means that there is no such label. */
export type TypedTemplate = {
  readonly name: string
  readonly fields: Readonly<Record<TemplateField, string>>
}

export function typedTemplate(template: SiteTemplate | null): TypedTemplate {
  const typed = (field: TemplateField): string => template?.fields[field] ?? ''
  return {
    name: template?.name ?? '',
    fields: {
      name: typed('name'),
      birthDate: typed('birthDate'),
      patientId: typed('patientId'),
      accession: typed('accession'),
      appointmentId: typed('appointmentId'),
      sex: typed('sex'),
    },
  }
}

/** A sentence for each field that is wrong; none: it can be saved. */
export type TemplateErrors = {
  readonly name?: string
  readonly fields: Partial<Record<TemplateField, string>>
  readonly whole?: string
}

/** @param otherNames of the templates beside this one */
export function templateErrors(typed: TypedTemplate, otherNames: readonly string[]): TemplateErrors {
  const name = typed.name.trim()
  const fields: Partial<Record<TemplateField, string>> = {}
  for (const field of templateFields) {
    const pattern = typed.fields[field].trim()
    const problem = pattern === '' ? null : patternProblem(pattern)
    if (problem !== null) fields[field] = words.templates.patternProblem({ problem })
  }
  const isEmpty = templateFields.every((field) => typed.fields[field].trim() === '')
  return {
    fields,
    ...(name === '' || name.length > MAX_TEMPLATE_NAME
      ? { name: words.templates.nameNeeded({ limit: MAX_TEMPLATE_NAME }) }
      : otherNames.includes(name)
        ? { name: words.templates.nameTaken }
        : {}),
    ...(isEmpty ? { whole: words.templates.fieldNeeded } : {}),
  }
}

/** The template as the settings hold it; null while something is wrong with its labels. */
export function templateOf({ name, fields }: TypedTemplate): SiteTemplate | null {
  const given = templateFields
    .map((field) => [field, fields[field].trim()] as const)
    .filter(([, pattern]) => pattern !== '')
  const parsed = siteTemplate.safeParse({ name, fields: Object.fromEntries(given) })
  return parsed.success ? parsed.data : null
}
