import {
  MAX_REPORT_TEXT_BYTES,
  MAX_UPLOAD_BYTES,
  refused,
  type ArtefactProblem,
  type Reading,
} from '../../../shared/document.ts'
import { everyItem, readContentTree, type ContentItem } from './content-item.ts'
import { textValue, type DicomItem } from './data-set.ts'
import { MIN_REPORT_LETTERS, notADiagnosticReport, reportLetters } from './document-title.ts'
import { headerIdentity, namesTooMuch, subjectIdentity, unionOfIdentities } from './header-identity.ts'
import { countLetters } from './plain-text.ts'
import {
  contentMoment,
  hasPredecessors,
  lastVerifiedBy,
  openingLines,
  srFlagsOf,
  verifyingObservers,
} from './sr-header.ts'
import { contentText } from './sr-text.ts'
import { isOtherSubject, subjectContext } from './subject-context.ts'

/**
 * Reads an SR of a report class. `fileBytes` is the size of the whole file, because the file itself is uploaded
 * (interfaces.md 3). Throws `UnreadableSequence` for a tree that cannot be taken apart.
 */
export function readStructuredReport(root: DicomItem, fileBytes: number): Reading {
  const content = readContentTree(root)
  if (content.kind === 'too-large') {
    return refused(
      'unsupported',
      'This DICOM SR has more or deeper content items than Radpost reads (50,000 items, 48 levels); export a simpler report.',
      'sr',
    )
  }
  const tree = content.root
  const header = headerIdentity(root)
  const observers = verifyingObservers(root)
  const srFlags = srFlagsOf(root, observers)
  const subject = subjectContext(tree)
  const identity = unionOfIdentities(header.identity, subjectIdentity(subject))
  if (namesTooMuch(identity)) {
    return refused(
      'unsupported',
      'This DICOM SR names more than 50 patients or studies; drop one report a study.',
      'sr',
    )
  }
  const text = [...openingLines(root, srFlags, observers), '', contentText(tree)].join('\n')
  const problem = problemOf(
    root,
    tree,
    text,
    fileBytes,
    isOtherSubject(subject, headerPatient(header.identity)),
  )
  return {
    kind: 'sr',
    problem: problem?.[0] ?? null,
    message: problem?.[1] ?? '',
    text,
    pages: null,
    identity,
    srFlags,
    times: { srContent: contentMoment(root), pdfModified: null, pdfCreated: null },
    verifiedBy: lastVerifiedBy(observers),
    warnings: [...header.warnings, ...contentWarnings(root, tree, observers)],
    innerPdf: null,
  }
}

function headerPatient(identity: Reading['identity']): Parameters<typeof isOtherSubject>[1] {
  return {
    names: identity.names,
    patientIds: identity.patientIds,
    birthDates: identity.birthDates.flatMap((date) => date.readings),
  }
}

/** In order: what cannot go out at all first, what a person can mend last. */
function problemOf(
  root: DicomItem,
  tree: ContentItem,
  text: string,
  fileBytes: number,
  otherSubject: boolean,
): readonly [ArtefactProblem, string] | null {
  if (fileBytes > MAX_UPLOAD_BYTES) {
    return [
      'too-large',
      'This DICOM SR is larger than the 2,097,152 bytes that QUBS takes; export a smaller report.',
    ]
  }
  if (Buffer.byteLength(text) > MAX_REPORT_TEXT_BYTES) {
    return [
      'too-large',
      'The text of this DICOM SR is longer than the 2,097,152 bytes that QUBS takes; shorten the report.',
    ]
  }
  const title = notADiagnosticReport(tree, textValue(root, 'x00100010', 'PN')?.text ?? null)
  if (title !== null) return ['not-a-report', title]
  if (otherSubject) {
    return [
      'other-subject',
      'The content of this DICOM SR speaks of another subject (another person, a fetus, a specimen) than its header; check the report and drop it again.',
    ]
  }
  if (reportLetters(tree) < MIN_REPORT_LETTERS) {
    return ['no-text', 'This DICOM SR has fewer than 50 letters of report text; type the report text.']
  }
  if (isGarbled(text)) {
    return ['no-text', 'The text of this DICOM SR is garbled by a wrong character set; type the report text.']
  }
  return null
}

/** One replacement character in twenty letters: no longer a stray sign, the text cannot be relied on. */
function isGarbled(text: string): boolean {
  const replaced = text.split('\ufffd').length - 1
  return replaced * 20 > countLetters(text) + replaced
}

function contentWarnings(
  root: DicomItem,
  tree: ContentItem,
  observers: ReturnType<typeof verifyingObservers>,
): readonly string[] {
  const warnings: string[] = []
  let unreadable = 0
  let doubtful = observers.some((observer) => observer.doubtful)
  for (const { value, concept } of everyItem(tree)) {
    if (value.kind === 'unreadable') unreadable += 1
    if (concept?.doubtful === true || ('doubtful' in value && value.doubtful)) doubtful = true
  }
  if (unreadable > 0) {
    warnings.push(`Items of the report that could not be read: ${unreadable}; they are marked in its text.`)
  }
  if (doubtful) {
    warnings.push(
      'Some characters do not fit the declared character set; compare the text with the original.',
    )
  }
  if (hasPredecessors(root)) warnings.push('This report amends or replaces an earlier document.')
  return warnings
}
