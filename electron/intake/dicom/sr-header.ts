import type { DocumentTimes, SrFlags } from '../../../shared/document.ts'
import { asciiValue, sequence, textValue, type DicomItem } from './data-set.ts'
import { readableMoment, readableOffset } from './moment.ts'
import { formatPersonName } from './person-name.ts'
import { plainLine } from './plain-text.ts'

/** Status, signature and dates of an SR document (PS3.3 C.17.2). */

export type VerifyingObserver = {
  /** For people. */
  readonly name: string
  readonly organisation: string
  /** DT as it stands; empty where missing. */
  readonly verifiedAt: string
  readonly doubtful: boolean
}

/** The flags as they stand; whether they make a final report is decided in matching (interfaces.md 5). */
export function srFlagsOf(root: DicomItem, observers: readonly VerifyingObserver[]): SrFlags {
  return {
    preliminaryFlag: flag(root, 'x0040a496'),
    completionFlag: flag(root, 'x0040a491'),
    verificationFlag: flag(root, 'x0040a493'),
    hasVerifyingObserver: observers.length > 0,
  }
}

function flag(root: DicomItem, tag: string): string | null {
  const value = asciiValue(root, tag)
  return value === null ? null : plainLine(value).slice(0, 64)
}

/** Items of Verifying Observer Sequence (0040,A073) that name somebody, in file order. */
export function verifyingObservers(root: DicomItem): readonly VerifyingObserver[] {
  return sequence(root, 'x0040a073').flatMap((item) => {
    const name = textValue(item, 'x0040a075', 'PN')
    const shown = formatPersonName(name?.text ?? '')
    if (name === null || shown === '') return []
    return [
      {
        name: shown,
        organisation: plainLine(textValue(item, 'x0040a027', 'LO')?.text ?? ''),
        verifiedAt: asciiValue(item, 'x0040a030') ?? '',
        doubtful: name.doubtful,
      },
    ]
  })
}

/** Who signed last: the latest verification prevails (PS3.3 C.17.2); the first of several at the same time. */
export function lastVerifiedBy(observers: readonly VerifyingObserver[]): string | null {
  let last: VerifyingObserver | null = null
  for (const observer of observers) {
    if (!observer.doubtful && (last === null || observer.verifiedAt > last.verifiedAt)) last = observer
  }
  return last === null || last.name.length > 1024 ? null : last.name
}

/** Content Date, Content Time and Timezone Offset From UTC as they stand; null without a date. */
export function contentMoment(root: DicomItem): DocumentTimes['srContent'] {
  const date = asciiValue(root, 'x00080023')
  if (date === null || date.length > 16) return null
  const time = asciiValue(root, 'x00080033')
  const utcOffset = asciiValue(root, 'x00080201')
  return {
    date,
    time: time === null || time.length > 32 ? null : time,
    utcOffset: utcOffset === null || utcOffset.length > 8 ? null : utcOffset,
  }
}

/** The lines that the text of an SR begins with: status, who signed, when (safety-and-standards 5, rule 10). */
export function openingLines(
  root: DicomItem,
  flags: SrFlags,
  observers: readonly VerifyingObserver[],
): readonly string[] {
  const states = [flags.preliminaryFlag, flags.completionFlag, flags.verificationFlag]
  const status = states.filter((state) => state !== null).join(', ')
  const remark = plainLine(textValue(root, 'x0040a492', 'LO')?.text ?? '')
  const lines = [
    `Document status: ${status === '' ? 'not stated' : status}${remark === '' ? '' : ` (${remark})`}`,
  ]
  for (const { name, organisation, verifiedAt } of observers) {
    const when = verifiedAt === '' ? '' : plainLine(readableMoment(verifiedAt, 'datetime'))
    lines.push(`Verified by: ${[name, organisation, when].filter((part) => part !== '').join(', ')}`)
  }
  const content = contentMoment(root)
  if (content !== null) {
    const time = content.time === null ? null : readableMoment(content.time, 'time')
    const moment = [readableMoment(content.date, 'date'), time, readableOffset(content.utcOffset)]
    lines.push(`Content date: ${plainLine(moment.filter((part) => part !== null).join(' '))}`)
  }
  return lines
}

/** true where the document amends or replaces others: Predecessor Documents Sequence (0040,A360). */
export function hasPredecessors(root: DicomItem): boolean {
  return sequence(root, 'x0040a360').length > 0
}
