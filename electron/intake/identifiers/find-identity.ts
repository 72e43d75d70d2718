import type { DocumentIdentity, PrintedDate } from '../../../shared/document.ts'
import { readField } from './field-values.ts'
import type { Found } from './field-values.ts'
import { tableHead, tableValues } from './label-table.ts'
import { labelsIn } from './labels.ts'
import type { LabelMatch, SiteLabel } from './labels.ts'
import { joinedName } from './names.ts'
import { expressionValues, noSitePatterns } from './site-patterns.ts'
import type { SitePatterns } from './site-patterns.ts'
import { blocksAt, patientBlock, subjectAt } from './subject-blocks.ts'
import { firstCell } from './values.ts'

/** The schema's caps (shared/document.ts): values of one kind, and lines that can matter. */
const MAX_VALUES = 50
/** A longer line is no form field; it is cut so that one hostile line costs little. */
const MAX_LINE_CHARACTERS = 2000

/**
 * What the text of a report says about patient and study, from labelled fields only (PDF-12): never the first date
 * or number that comes along, never the name, number or date of a doctor, a clinic, a contact or the examination.
 * Every different value is kept, because a contradiction inside one document must show. Pure; text without labels
 * gives nothing.
 *
 * @param site the site's own patterns beside the built-in labels; expressions among them may be slow on hostile
 *   text, so with them this belongs into the parser process
 */
export function findIdentity(text: string, site: SitePatterns = noSitePatterns): DocumentIdentity {
  const lines = text.split(/\r\n|\r|\n/u).map((line) => line.slice(0, MAX_LINE_CHARACTERS))
  return collect([...fieldsOf(lines, site.labels), ...expressionValues(lines, site.expressions)])
}

function* fieldsOf(lines: readonly string[], site: readonly SiteLabel[]): Generator<Found> {
  let blocks = patientBlock
  for (const [index, line] of lines.entries()) {
    blocks = blocksAt(blocks, line)
    const labels = plausible(line, labelsIn(line, site))
    if (labels.every((label) => label.field === 'foreign')) continue
    const head = tableHead(line, site)
    if (head !== null) {
      if (subjectAt(blocks, line, 0) === 'patient')
        yield* tableValues(head, lines.slice(index + 1, index + 60), site)
      continue
    }
    for (const [position, label] of labels.entries()) {
      if (!canBegin(line, labels, position)) continue
      // In somebody else's block only a label that says "patient" speaks of the patient.
      if (subjectAt(blocks, line, label.start) === 'other' && !/^(?:patient|pt)/u.test(label.words)) continue
      yield* valuesAt(label, labels, position, { lines, index, site })
    }
  }
}

/** Without the everyday words that are no labels here, so that they do not cut a value: "Patient: Born, Jane". */
function plausible(line: string, labels: readonly LabelMatch[]): LabelMatch[] {
  return labels.filter((label, position) => {
    if (label.marked || label.trust === 'clear') return true
    const before = line.slice(0, label.start)
    if (/(?:^|\t| {3})\s*$/u.test(before)) return true
    const value = line.slice(label.end, labels[position + 1]?.start)
    const follows = position > 0
    return (
      label.field !== 'name' && readField(label, value, { marked: follows, follows, around: '' }).length > 0
    )
  })
}

/**
 * Whether a label stands where a label can: at the start of a line or cell, behind punctuation, or behind another
 * field. Before it, words of its own make it something else: "Drug name:", "was born", "date of".
 */
function canBegin(line: string, labels: readonly LabelMatch[], position: number): boolean {
  const label = labels[position]
  if (label === undefined || label.field === 'foreign') return false
  const previous = labels[position - 1]
  const before = line.slice(previous?.end ?? 0, label.start)
  // "Referring doctor surname": one label of several words.
  if (before.trim() === '' && previous?.field === 'foreign' && !previous.marked && !before.includes('\t'))
    return false
  if (/(?:[\t|;,([/•·*>–-]|^)\s*$|[.]\s+$| {3,}$/u.test(before)) return true
  if (
    /(?:^|\s)(?:of|the|his|her|their|was|were|is|previous|prior|old|other|former|comparison)\s*$/iu.test(
      before,
    )
  ) {
    return false
  }
  if (label.trust === 'clear' || /^(?:patient['’]?s?|pt\.?)\s/u.test(label.words)) return true
  if (previous === undefined) return false
  // Behind the words of a name or of something foreign, "name" would belong to them; behind a number it begins anew.
  if (/[\p{N})]\s*$|^\s*\(?(?:female|male|[fmo])\)?\s*$/iu.test(before))
    return label.field !== 'letterSubject'
  if (previous.field === 'foreign') return label.marked && !isPartOfName(label)
  return label.field !== 'name' && label.field !== 'letterSubject'
}

const isPartOfName = (label: LabelMatch): boolean =>
  ['name', 'surname', 'givenNames', 'letterSubject'].includes(label.field)

type Place = {
  readonly lines: readonly string[]
  readonly index: number
  readonly site: readonly SiteLabel[]
}

function valuesAt(
  label: LabelMatch,
  labels: readonly LabelMatch[],
  position: number,
  { lines, index, site }: Place,
): Found[] {
  const line = lines[index] ?? ''
  const next = labels[position + 1]
  const value = line.slice(label.end, next?.start)
  const follows = labels.slice(0, position).some((other) => other.field !== 'foreign')
  const around = lines.slice(index, index + 4).join('\n')
  if (firstCell(value) !== '') {
    const ownCell = /^\s*(?:\t| {3,})/u.test(value) || / {3,}$/u.test(line.slice(0, label.end))
    return readField(label, value, { marked: label.marked || ownCell, follows, around })
  }
  if (next !== undefined || line.slice(0, label.start).trim() !== '') return []
  const below = lines.slice(index + 1, index + 3).find((other) => other.trim() !== '')
  if (below === undefined || beginsWithLabel(below, site)) return []
  // An everyday word alone on its line is as likely a heading as a label.
  return readField(label, below, {
    marked: label.marked || label.trust === 'clear',
    follows: false,
    around: '',
  })
}

function beginsWithLabel(line: string, site: readonly SiteLabel[]): boolean {
  return labelsIn(line, site).some((label) => line.slice(0, label.start).trim() === '')
}

function collect(found: Iterable<Found>): DocumentIdentity {
  const texts = new Map<string, Set<string>>()
  const birthDates = new Map<string, PrintedDate>()
  const sexes = new Set<'F' | 'M' | 'O'>()
  const add = (field: string, value: string) => texts.set(field, (texts.get(field) ?? new Set()).add(value))
  const joiner = nameJoiner((name) => add('name', name))
  for (const item of found) {
    switch (item.field) {
      case 'birthDate':
        birthDates.set(item.date.readings.join(), item.date)
        break
      case 'sex':
        sexes.add(item.sex)
        break
      case 'surname':
      case 'givenNames':
        joiner(item.field, item.value)
        break
      case 'name':
      case 'patientId':
      case 'accession':
      case 'appointment':
      case 'studyUid':
        add(item.field, item.value)
    }
  }
  const values = (field: string) => [...(texts.get(field) ?? [])].slice(0, MAX_VALUES)
  return {
    patientIds: values('patientId'),
    names: values('name'),
    birthDates: [...birthDates.values()].slice(0, MAX_VALUES),
    sexes: [...sexes],
    accessionNumbers: values('accession'),
    studyInstanceUids: values('studyUid'),
    appointmentIds: values('appointment'),
  }
}

/** Puts a surname and given names that are printed as two fields together, whichever comes first. */
function nameJoiner(add: (name: string) => void): (field: 'surname' | 'givenNames', value: string) => void {
  let waiting: { readonly field: 'surname' | 'givenNames'; readonly value: string } | null = null
  return (field, value) => {
    if (waiting === null || waiting.field === field) {
      waiting = { field, value }
      return
    }
    add(field === 'surname' ? joinedName(value, waiting.value) : joinedName(waiting.value, value))
    waiting = null
  }
}
