import { everyItem, type ContentItem } from './content-item.ts'
import { foldWords } from './plain-text.ts'

/**
 * Whom an SR speaks of (PS3.16 TID 1006 and 1007): a fetus, a specimen or another person than the header's patient
 * must not go out as this patient's report (safety-and-standards 5, rule 7).
 */

/** What the content tree says about its subject; several values where several contexts do. */
export type SubjectContext = {
  /** true where a subject class other than Patient occurs (CID 271: fetus, specimen, device). */
  readonly otherClass: boolean
  /** DICOM form, only where the characters are sound. */
  readonly names: readonly string[]
  readonly patientIds: readonly string[]
  /** `yyyy-MM-dd`. */
  readonly birthDates: readonly string[]
}

type Role = 'class' | 'name' | 'id' | 'birth-date'

const rolesByCode: Readonly<Record<string, Role>> = {
  '121024': 'class',
  '121029': 'name',
  '121030': 'id',
  '121031': 'birth-date',
}
const rolesByMeaning: Readonly<Record<string, Role>> = {
  'subject class': 'class',
  'subject name': 'name',
  'subject id': 'id',
  'subject birth date': 'birth-date',
}
const PATIENT = '121025'

/** Collects the subject context of the whole tree, whatever relationship it hangs on. */
export function subjectContext(root: ContentItem): SubjectContext {
  const names: string[] = []
  const patientIds: string[] = []
  const birthDates: string[] = []
  let otherClass = false
  for (const item of everyItem(root)) {
    const { value } = item
    switch (roleOf(item)) {
      case 'class':
        if (value.kind === 'code' && value.code !== PATIENT && foldWords(value.text) !== 'patient') {
          otherClass = true
        }
        break
      case 'name':
        if ((value.kind === 'name' || value.kind === 'text') && !value.doubtful) {
          names.push(value.kind === 'name' ? value.raw : value.text)
        }
        break
      case 'id':
        if (value.kind === 'text') patientIds.push(value.text.trim())
        break
      case 'birth-date':
        if (value.kind === 'moment' && value.iso !== null) birthDates.push(value.iso)
        break
      case null:
        break
    }
  }
  return { otherClass, names, patientIds, birthDates }
}

function roleOf(item: ContentItem): Role | null {
  if (item.concept === null) return null
  const byCode = item.concept.scheme === 'DCM' ? rolesByCode[item.concept.value] : undefined
  return byCode ?? rolesByMeaning[foldWords(item.concept.meaning)] ?? null
}

/** What the header says of its patient, for the comparison. */
export type HeaderPatient = {
  readonly names: readonly string[]
  readonly patientIds: readonly string[]
  readonly birthDates: readonly string[]
}

/**
 * true where the content speaks of somebody or something else than the header. Only a missing value on one side
 * is no difference; names are equal when family and first given name are.
 */
export function isOtherSubject(subject: SubjectContext, header: HeaderPatient): boolean {
  return (
    subject.otherClass ||
    differs(subject.names.map(comparableName), header.names.map(comparableName)) ||
    differs(subject.patientIds.map(foldWords), header.patientIds.map(foldWords)) ||
    differs(subject.birthDates, header.birthDates)
  )
}

function differs(subject: readonly string[], header: readonly string[]): boolean {
  return header.length > 0 && subject.some((value) => value !== '' && !header.includes(value))
}

/** Family name and the first word of the given names of the alphabetic group. */
function comparableName(name: string): string {
  const [family = '', given = ''] = (name.split('=')[0] ?? '').split('^')
  const [first = ''] = foldWords(given).split(' ')
  return `${foldWords(family).replaceAll(' ', '')}^${first}`
}
