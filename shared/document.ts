import { z } from 'zod'

/**
 * What reading one dropped file gives. The reader runs in a process of its own on untrusted bytes, so its answer
 * crosses back through these schemas like any other foreign input.
 */

export const artefactKinds = ['pdf', 'sr', 'encapsulated-pdf'] as const
export type ArtefactKind = (typeof artefactKinds)[number]

/** Why the file itself, whoever it belongs to, cannot go out by itself (interfaces.md 6). */
export const artefactProblems = [
  'not-a-report',
  'encrypted',
  'damaged',
  'too-large',
  'active-content',
  'unsupported',
  'other-subject',
  'no-text',
] as const
export type ArtefactProblem = (typeof artefactProblems)[number]

/** Largest object that QUBS takes by presigned PUT, in bytes (contract 1.6 Q9, "2 MB" read as 2 MiB). */
export const MAX_UPLOAD_BYTES = 2_097_152
/** Longest report text, in UTF-8 bytes (contract 1.6 Q8). */
export const MAX_REPORT_TEXT_BYTES = 2_097_152

/**
 * A date as a document prints it. `readings` are the ISO days (`yyyy-MM-dd`) it can mean: one, or two where day
 * and month could be swapped (03/04/1988), or none where it is no date at all.
 */
export const printedDate = z.object({ printed: z.string().max(200), readings: z.array(z.iso.date()).max(2) })
export type PrintedDate = z.infer<typeof printedDate>

const found = z.array(z.string().max(1024)).max(50)

/**
 * What the document's own content says about patient and study: DICOM header, or labelled text of a PDF. Several
 * different values of one kind are all kept: matching must see a contradiction inside one document.
 */
export const documentIdentity = z.object({
  patientIds: found,
  /**
   * Names as printed: DICOM PN (`Doe^Jane`, component groups by `=`), `Surname, Given`, or `Given Surname`.
   */
  names: found,
  birthDates: z.array(printedDate).max(50),
  /** `F`, `M` or `O`; anything else the document says is left out. */
  sexes: z.array(z.enum(['F', 'M', 'O'])).max(50),
  accessionNumbers: found,
  studyInstanceUids: found,
  /** Values behind an explicit label such as "Appointment:"; whole tokens of the text are looked at separately. */
  appointmentIds: found,
})
export type DocumentIdentity = z.infer<typeof documentIdentity>

export const noIdentity: DocumentIdentity = {
  patientIds: [],
  names: [],
  birthDates: [],
  sexes: [],
  accessionNumbers: [],
  studyInstanceUids: [],
  appointmentIds: [],
}

/** The three DICOM flags and the signature that decide an SR's status (PS3.3 C.17.2; interfaces.md 5). */
export const srFlags = z.object({
  preliminaryFlag: z.string().max(64).nullable(),
  completionFlag: z.string().max(64).nullable(),
  verificationFlag: z.string().max(64).nullable(),
  /** At least one item of Verifying Observer Sequence (0040,A073) with a name. */
  hasVerifyingObserver: z.boolean(),
})
export type SrFlags = z.infer<typeof srFlags>

/** Times a document carries about itself; which one counts is decided in matching (interfaces.md 5). */
export const documentTimes = z.object({
  /** DICOM DA, TM and Timezone Offset From UTC (0008,0201) as they stand. */
  srContent: z
    .object({
      date: z.string().max(16),
      time: z.string().max(32).nullable(),
      utcOffset: z.string().max(8).nullable(),
    })
    .nullable(),
  /** ISO 8601, with offset where the PDF gives one, else without (then: this machine's zone). */
  pdfModified: z.string().max(40).nullable(),
  pdfCreated: z.string().max(40).nullable(),
})
export type DocumentTimes = z.infer<typeof documentTimes>

export const reading = z.object({
  /** null where not even the kind could be recognised. */
  kind: z.enum(artefactKinds).nullable(),
  /** null: this is a readable report. Otherwise why it is held. */
  problem: z.enum(artefactProblems).nullable(),
  /** One sentence for a person about `problem`, free of patient data; empty when there is none. */
  message: z.string().max(1000),
  /** Plain text of the report, complete and in order, NFC, `\n` line ends. */
  text: z.string(),
  pages: z.int().min(0).nullable(),
  identity: documentIdentity,
  srFlags: srFlags.nullable(),
  times: documentTimes,
  /** Verifying observer of an SR (formatted for people); goes out as interpreting clinician. */
  verifiedBy: z.string().max(1024).nullable(),
  /** Sentences for a person, free of patient data: repaired file, owner restrictions, mixed scripts, … */
  warnings: z.array(z.string().max(1000)).max(100),
  /** Encapsulated PDF only: the inner PDF, byte for byte, cut by its length (0042,0015). It is what is uploaded. */
  innerPdf: z.instanceof(Uint8Array).nullable(),
})
export type Reading = z.infer<typeof reading>

/** A reading of nothing but a problem: for files refused before any content was read. */
export function refused(
  problem: ArtefactProblem,
  message: string,
  kind: ArtefactKind | null = null,
): Reading {
  return {
    kind,
    problem,
    message,
    text: '',
    pages: null,
    identity: noIdentity,
    srFlags: null,
    times: { srContent: null, pdfModified: null, pdfCreated: null },
    verifiedBy: null,
    warnings: [],
    innerPdf: null,
  }
}
