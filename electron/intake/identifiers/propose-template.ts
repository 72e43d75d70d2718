import type { DocumentIdentity } from '../../../shared/document.ts'
import type { Comparison } from '../../../shared/matching.ts'
import { patternProblem } from '../../../shared/restricted-pattern.ts'
import type { SiteTemplate, TemplateField } from '../../../shared/site-templates.ts'
import { findIdentity } from './find-identity.ts'
import { cellsOf, labelOfCell } from './labels.ts'
import { sitePatterns } from './site-patterns.ts'
import type { SitePatterns } from './site-patterns.ts'

/** Fields that a template can be proposed for: what names a study or proves a patient. */
const proposedFields = ['patientId', 'name', 'birthDate', 'appointmentId'] as const
type ProposedField = (typeof proposedFields)[number]

/**
 * How what a document says compares with the appointment that a person chose for it. Given from outside, because
 * comparing is the business of matching.
 */
export type ComparisonWithChosen = {
  readonly patientId: (value: string) => Comparison
  readonly name: (value: string) => Comparison
  readonly birthDate: (value: DocumentIdentity['birthDates'][number]) => Comparison
  readonly appointmentId: (value: string) => Comparison
}

/** Words of a label; longer ones are sentences. */
const MAX_LABEL_WORDS = 5
const MAX_LABEL_CHARACTERS = 40
const MAX_LINE_CHARACTERS = 2000
/** Labels looked at in one document: a report has a few dozen. */
const MAX_LABELS = 300

/**
 * A template for documents like this one, after a person has chosen the appointment by hand: labels that we do not
 * know and behind which the values of that appointment stand. Only a proposal: whoever keeps the settings decides.
 * Null where nothing can be learnt. Pure; the proposal holds labels of the document and no value.
 *
 * @param identity what was found in the document, with the templates that the site has already
 */
export function proposeTemplate(
  text: string,
  identity: DocumentIdentity,
  compare: ComparisonWithChosen,
): SiteTemplate | null {
  const labels = unknownLabels(text.split(/\r\n|\r|\n/u))
  const fields: { [F in ProposedField]?: string } = {}
  for (const field of proposedFields) {
    if (agreement(identity, field, compare) !== 'not-compared') continue
    const shows = (words: string, part: string, as: TemplateField = field): boolean =>
      agreement(findIdentity(part, withLabel(as, words)), field, compare) === 'agrees'
    const label = labels.find(
      ({ words, around }) =>
        // Where the label stands first, then in all of the text, where it must not contradict itself.
        shows(words, around) &&
        shows(words, text) &&
        // Any label may make the head of a table known, and with it the values of other columns.
        !shows(words, around, 'accession'),
    )
    if (label !== undefined) fields[field] = label.words
  }
  return Object.keys(fields).length === 0 ? null : { name: 'proposal', fields }
}

function withLabel(field: TemplateField, words: string): SitePatterns {
  return sitePatterns([{ name: 'proposal', fields: { [field]: words } }])
}

/** One contradiction among several values makes a label useless, or speaks against the document itself. */
function agreement(
  identity: DocumentIdentity,
  field: ProposedField,
  compare: ComparisonWithChosen,
): Comparison {
  const results = resultsOf(identity, field, compare)
  if (results.includes('contradicts')) return 'contradicts'
  return results.includes('agrees') ? 'agrees' : 'not-compared'
}

function resultsOf(
  identity: DocumentIdentity,
  field: ProposedField,
  compare: ComparisonWithChosen,
): Comparison[] {
  switch (field) {
    case 'patientId':
      return identity.patientIds.map(compare.patientId)
    case 'name':
      return identity.names.map(compare.name)
    case 'birthDate':
      return identity.birthDates.map(compare.birthDate)
    case 'appointmentId':
      return identity.appointmentIds.map(compare.appointmentId)
  }
}

type UnknownLabel = {
  readonly words: string
  /** Its line and the two below, where its value is. */
  readonly around: string
}

/** What stands like a label in a document and is none that we know, each once, in the order of the text. */
function unknownLabels(lines: readonly string[]): UnknownLabel[] {
  const labels = new Map<string, UnknownLabel>()
  for (const [index, line] of lines.entries()) {
    for (const cell of cellsOf(line.slice(0, MAX_LINE_CHARACTERS))) {
      if (labels.size >= MAX_LABELS) return [...labels.values()]
      const words = /^([^:：=]+?)\s*(?:[:：=]|$)/u.exec(cell)?.[1]?.trim() ?? ''
      if (labels.has(words) || !canBeProposed(words)) continue
      labels.set(words, { words, around: lines.slice(index, index + 3).join('\n') })
    }
  }
  return [...labels.values()]
}

/** Without digits, because a label has none and a patient's number must not get into the settings. */
function canBeProposed(words: string): boolean {
  return (
    words.length <= MAX_LABEL_CHARACTERS &&
    words.split(/\s+/u).length <= MAX_LABEL_WORDS &&
    !/[\p{N},;]/u.test(words) &&
    patternProblem(words) === null &&
    labelOfCell(words) === null
  )
}
