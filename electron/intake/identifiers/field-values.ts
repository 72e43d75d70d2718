import type { PrintedDate } from '../../../shared/document.ts'
import type { LabelMatch } from './labels.ts'
import { hasDoctorTitle, readEvidentName, readName } from './names.ts'
import { firstCell, readAppointment, readCode, readDate, readDateAndSex, readSex, readUid } from './values.ts'

type TextField = 'name' | 'surname' | 'givenNames' | 'patientId' | 'accession' | 'appointment' | 'studyUid'

/** One value behind a label, not yet put in its place. */
export type Found =
  | { readonly field: TextField; readonly value: string }
  | { readonly field: 'birthDate'; readonly date: PrintedDate }
  | { readonly field: 'sex'; readonly sex: 'F' | 'M' | 'O' }

/** The circumstances that decide how strictly a value is looked at. */
export type Context = {
  /** A colon, or a cell of its own: the words before are meant as a label. */
  readonly marked: boolean
  /** Another identity label stands before it on the line. */
  readonly follows: boolean
  /** This line and the next few. */
  readonly around: string
}

/** What the text behind a label gives; empty where it is no value of that field. */
export function readField(label: LabelMatch, value: string, context: Context): Found[] {
  switch (label.field) {
    case 'name':
      return text('name', patientName(label, value, context))
    case 'letterSubject':
      // "Re:" begins the subject of any letter; one that names a patient tells the birth date or number with it.
      return /\b(?:d\.?\s?o\.?\s?b|date\s+of\s+birth|born|mrn|ur\s?no|patient\s+id)\b/iu.test(context.around)
        ? text('name', readEvidentName(value))
        : []
    case 'surname':
    case 'givenNames':
      return text(label.field, context.marked ? readName(value) : capitalised(readName(value)))
    case 'birthDate':
      return label.trust === 'clear' || context.marked || context.follows || isAlone(value)
        ? date(readDate(value, label.hint))
        : []
    case 'birthDateAndSex': {
      const both = readDateAndSex(value, label.hint)
      return [...date(both.date), ...sex(both.sex)]
    }
    case 'sex':
      return context.marked || /^\s*(?:female|male|other|f|m|o)\s*(?:$|[\t,;|)(])/iu.test(value)
        ? sex(readSex(value))
        : []
    case 'patientId':
      return text('patientId', readCode(value))
    case 'accession':
      return text('accession', readCode(value))
    case 'appointment': {
      const id = readAppointment(value, label.trust === 'clear' && context.marked)
      // "appointment 2" is prose; an id behind a bare word is longer.
      return text(
        'appointment',
        context.marked || label.trust === 'clear' || (id?.length ?? 0) >= 5 ? id : null,
      )
    }
    case 'studyUid':
      return text('studyUid', readUid(value))
    case 'foreign':
      return []
  }
}

function patientName(label: LabelMatch, value: string, context: Context): string | null {
  if (label.trust === 'clear') return context.marked ? readName(value) : readEvidentName(value)
  const bareName = label.words.endsWith('name')
  if (bareName && hasDoctorTitle(value)) return null
  return bareName && context.marked ? readName(value) : readEvidentName(value)
}

const capitalised = (name: string | null): string | null =>
  name !== null && /^\p{Ll}/u.test(name) ? null : name

/** A date, perhaps an age or a sex, and nothing else: prose goes on. */
const isAlone = (value: string): boolean => !/\p{Ll}{2,}\s+\p{Ll}{2,}/u.test(firstCell(value))

const text = (field: TextField, value: string | null): Found[] => (value === null ? [] : [{ field, value }])
const date = (found: PrintedDate | null): Found[] =>
  found === null ? [] : [{ field: 'birthDate', date: found }]
const sex = (found: 'F' | 'M' | 'O' | null): Found[] => (found === null ? [] : [{ field: 'sex', sex: found }])
