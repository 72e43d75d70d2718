import { noIdentity, type DocumentIdentity } from '../../shared/document.ts'
import type { Person } from './people.ts'
import type { Random } from './random.ts'

/** The many ways in which a report writes one and the same patient. */

type NameParts = { readonly first: string; readonly last: string; readonly middle: string | null }

/** Other spellings of the same words. */
const spellings: readonly { readonly name: string; readonly write: (text: string) => string }[] = [
  { name: 'as recorded', write: (text) => text },
  { name: 'upper case', write: (text) => text.toUpperCase() },
  { name: 'no diacritics', write: plainLetters },
  { name: 'decomposed', write: (text) => text.normalize('NFD') },
  { name: 'hyphens as spaces', write: (text) => text.replaceAll('-', ' ') },
  {
    name: 'hyphens left out',
    write: (text) => text.replaceAll(/-(\p{L})/gu, (_all, letter: string) => letter.toLowerCase()),
  },
  { name: 'apostrophes left out', write: (text) => text.replaceAll("'", '') },
  { name: 'curly apostrophes', write: (text) => text.replaceAll("'", '’') },
  { name: 'Mc and Mac apart', write: (text) => text.replaceAll(/\b(Ma?c)(\p{Lu})/gu, '$1 $2') },
  {
    name: 'wide letters',
    write: (text) =>
      text.replaceAll(/[A-Za-z]/gu, (c) => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0)),
  },
]

function plainLetters(text: string): string {
  return text
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('Ø', 'O')
    .replaceAll('Ł', 'L')
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/gu, '')
}

type Layout = {
  readonly name: string
  /** Says which part is the family name. */
  readonly divided: boolean
  readonly dicom?: true
  readonly write: (name: NameParts, generation: string | null) => string
}

function words(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(' ')
}

const layouts: readonly Layout[] = [
  {
    name: 'carets',
    divided: true,
    dicom: true,
    write: (n, g) => `${n.last}^${n.first}^${n.middle ?? ''}^^${g ?? ''}`,
  },
  {
    name: 'carets, given together',
    divided: true,
    dicom: true,
    write: (n, g) => `${words(n.last, g)}^${words(n.first, n.middle)}`,
  },
  {
    name: 'carets with title',
    divided: true,
    dicom: true,
    write: (n, g) => `${n.last}^${n.first}^^MRS^${g ?? ''}`,
  },
  {
    name: 'carets and kanji',
    divided: true,
    dicom: true,
    write: (n, g) => `${n.last}^${n.first}^^^${g ?? ''}=山田^太郎`,
  },
  { name: 'comma', divided: true, write: (n, g) => `${words(n.last, g)}, ${words(n.first, n.middle)}` },
  { name: 'comma with title', divided: true, write: (n, g) => `${words(n.last, g)}, Mrs ${n.first}` },
  {
    name: 'comma, title at the end',
    divided: true,
    write: (n, g) => `${words(n.last.toUpperCase(), g)}, ${n.first} (Mr)`,
  },
  { name: 'given name first', divided: false, write: (n, g) => words(n.first, n.middle, n.last, g) },
  { name: 'given name first, no middle', divided: false, write: (n, g) => words(n.first, n.last, g) },
  { name: 'title in front', divided: false, write: (n, g) => words('Ms.', n.first, n.last, g) },
  { name: 'surname first', divided: false, write: (n, g) => words(n.last.toUpperCase(), n.first, g) },
  {
    name: 'middle initial',
    divided: false,
    write: (n, g) => words(n.first, n.middle === null ? null : `${n.middle.charAt(0)}.`, n.last, g),
  },
]

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

type DateWriting = { readonly printed: string; readonly comparable: boolean }

/** A birth date in print; in figures only in the practice's own order, and then readable only if that is known. */
function writeDate(random: Random, iso: string, order: 'dmy' | 'mdy' | undefined): DateWriting {
  const [year = '', month = '', day = ''] = iso.split('-')
  const inOrder = (order ?? 'dmy') === 'dmy' ? [day, month] : [month, day]
  const separator = random.pick(['/', '.', '-'])
  const swappable = Number(day) <= 12 && day !== month
  return random.pick<DateWriting>([
    { printed: iso, comparable: true },
    { printed: `${Number(day)} ${monthNames[Number(month) - 1] ?? ''} ${year}`, comparable: true },
    { printed: `${day}-${(monthNames[Number(month) - 1] ?? '').toUpperCase()}-${year}`, comparable: true },
    { printed: [...inOrder, year].join(separator), comparable: order !== undefined || !swappable },
    { printed: [...inOrder, year].join(separator), comparable: order !== undefined || !swappable },
  ])
}

export type Elements = {
  readonly id: boolean
  readonly name: boolean
  readonly born: boolean
  readonly sex: boolean
}

export type Written = {
  /** How the name is written, for the table. */
  readonly nameVariant: string
  readonly header: DocumentIdentity | null
  /** Labelled lines; empty where a DICOM header carries the identity. */
  readonly lines: readonly string[]
  /** How many of id, name and birth date a careful reader can compare. */
  readonly comparable: number
}

/** Writes who the report is about. `divided`: only names that say which part is the family name. */
export function writePatient(
  random: Random,
  person: Person,
  elements: Elements,
  order: 'dmy' | 'mdy' | undefined,
  divided: boolean,
): Written {
  const isDicom = random.chance(30)
  const layout = random.pick(layouts.filter((l) => (isDicom || l.dicom !== true) && (l.divided || !divided)))
  const spelling = random.pick(spellings)
  const name = spelling.write(layout.write(person, person.generation))
  const date = isDicom
    ? { printed: person.born.replaceAll('-', ''), comparable: true }
    : writeDate(random, person.born, order)
  const comparable = [elements.id, elements.name, elements.born && date.comparable].filter(Boolean).length
  const nameVariant = elements.name ? `${layout.name}; ${spelling.name}` : 'no name'
  const id = random.pick([person.patientId, person.patientId.toLowerCase()])

  if (isDicom) {
    const header = {
      ...noIdentity,
      patientIds: elements.id ? [id] : [],
      names: elements.name ? [name] : [],
      birthDates: elements.born ? [{ printed: date.printed, readings: [person.born] }] : [],
      sexes: elements.sex ? [person.sex] : [],
    }
    return { nameVariant, header, lines: [], comparable }
  }
  const lines = [
    elements.name ? `${random.pick(['Patient', 'Patient Name', 'Name'])}: ${name}` : '',
    elements.id ? `${random.pick(['Patient ID', 'MRN'])}: ${id}` : '',
    elements.born ? `${random.pick(['DOB', 'Date of Birth', 'D.O.B.'])}: ${date.printed}` : '',
    elements.sex
      ? `${random.pick(['Sex', 'Gender'])}: ${random.pick([person.sex, person.sex === 'F' ? 'Female' : 'Male'])}`
      : '',
  ]
  return { nameVariant, header: null, lines: lines.filter((line) => line !== ''), comparable }
}
