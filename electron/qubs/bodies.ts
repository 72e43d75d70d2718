import { z } from 'zod'
import { commentTypes, reportStatuses, type CommentType, type ReportStatus } from '../../shared/delivery.ts'
import { MAX_REPORT_TEXT_BYTES } from '../../shared/document.ts'

/**
 * Request bodies as exact bytes. They are made once, stored with their Idempotency-Key before the first try, and sent
 * again as they are: a body built anew would be another payload to the server (contract 1.6).
 */

/** Longest file name in characters (contract 1.6 Q9). */
export const MAX_FILE_NAME_CHARACTERS = 255

export const uploadContentTypes = ['application/pdf', 'application/dicom'] as const
export type UploadContentType = (typeof uploadContentTypes)[number]

/** Why a body was refused. `message` is for a person and has nothing of the content in it. */
export type BodyProblem = {
  readonly kind: 'blank' | 'too-long' | 'broken-text' | 'not-allowed'
  readonly field: string
  /** For `too-long`: the limit, in bytes for texts, in characters for a file name. */
  readonly limit: number | null
  readonly message: string
}

export type Body =
  { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly problem: BodyProblem }

export type ReportFields = {
  /** Stored as-is: never trimmed, line ends never changed (contract 1.6 Q8). */
  readonly reportText: string
  readonly reportStatus: ReportStatus
  /** Left out: `text/plain`. */
  readonly reportFormat?: string | undefined
  readonly interpretingClinicianName?: string | undefined
  readonly interpretingClinicianProviderNumber?: string | undefined
  readonly interpretingClinicianEmail?: string | undefined
  /** UTC with `Z`, fixed when the report was made, never when it is sent. */
  readonly reportedAtUtc: string
}

export type CommentFields = {
  readonly commentText: string
  readonly commentType: CommentType
  /** UTC with `Z`, fixed when the comment was written. */
  readonly commentDateTime: string
}

export type UploadUrlFields = {
  readonly fileName: string
  readonly contentType: UploadContentType
  /** Left out: `report`. */
  readonly category?: string | undefined
}

/** Q8. Clinician fields that are blank are left out. */
export function reportBody(fields: ReportFields): Body {
  const optional = {
    reportFormat: fields.reportFormat,
    interpretingClinicianName: fields.interpretingClinicianName,
    interpretingClinicianProviderNumber: fields.interpretingClinicianProviderNumber,
    interpretingClinicianEmail: fields.interpretingClinicianEmail,
  }
  const given = Object.entries(optional).filter(
    (entry): entry is [string, string] => (entry[1] ?? '').trim() !== '',
  )
  const problem =
    textProblem('reportText', fields.reportText) ??
    oneOf('reportStatus', fields.reportStatus, reportStatuses) ??
    given.map(([field, value]) => textProblem(field, value)).find((p) => p !== null) ??
    utcProblem('reportedAtUtc', fields.reportedAtUtc)
  return finish(problem, {
    reportText: fields.reportText,
    reportStatus: fields.reportStatus,
    ...Object.fromEntries(given),
    reportedAtUtc: fields.reportedAtUtc,
  })
}

/** Q6. `isAlert` follows from the type, so that the two can never contradict each other (contract 1.6). */
export function commentBody(fields: CommentFields): Body {
  const { commentText, commentType, commentDateTime } = fields
  const problem =
    textProblem('commentText', commentText) ??
    oneOf('commentType', commentType, commentTypes) ??
    utcProblem('commentDateTime', commentDateTime)
  const isAlert = commentType === 'AA' || commentType === 'PA'
  return finish(problem, { commentText, commentType, isAlert, commentDateTime })
}

/** Q9, for one file: one key for each file makes recovery simple (contract 1.6). */
export function uploadUrlBody(fields: UploadUrlFields): Body {
  const { fileName, contentType, category = 'report' } = fields
  const problem =
    fileNameProblem(fileName) ??
    oneOf('contentType', contentType, uploadContentTypes) ??
    textProblem('category', category)
  return finish(problem, { items: [{ fileName, contentType, category }] })
}

function finish(problem: BodyProblem | null, json: unknown): Body {
  return problem === null
    ? { ok: true, bytes: new TextEncoder().encode(JSON.stringify(json)) }
    : { ok: false, problem }
}

function textProblem(field: string, value: string): BodyProblem | null {
  if (value.trim() === '') {
    return { kind: 'blank', field, limit: null, message: `${field} is empty; it needs some text.` }
  }
  // Encoding would turn a lone surrogate into U+FFFD in silence: other text than the one that was signed.
  if (!value.isWellFormed()) {
    return {
      kind: 'broken-text',
      field,
      limit: null,
      message: `${field} has a broken character (half of a pair); correct the text.`,
    }
  }
  if (new TextEncoder().encode(value).length > MAX_REPORT_TEXT_BYTES) {
    return {
      kind: 'too-long',
      field,
      limit: MAX_REPORT_TEXT_BYTES,
      message: `${field} is longer than ${MAX_REPORT_TEXT_BYTES} bytes in UTF-8; shorten it.`,
    }
  }
  return null
}

function fileNameProblem(fileName: string): BodyProblem | null {
  const field = 'fileName'
  if (fileName.length > MAX_FILE_NAME_CHARACTERS) {
    const message = `fileName is longer than ${MAX_FILE_NAME_CHARACTERS} characters; use a shorter name.`
    return { kind: 'too-long', field, limit: MAX_FILE_NAME_CHARACTERS, message }
  }
  // The server cuts path parts off, so that the name would not be the one that was asked for.
  if (/[/\\\p{Cc}]/u.test(fileName)) {
    const message = 'fileName must not have slashes or control characters in it.'
    return { kind: 'not-allowed', field, limit: null, message }
  }
  return textProblem(field, fileName)
}

function oneOf(field: string, value: string, allowed: readonly string[]): BodyProblem | null {
  if (allowed.includes(value)) return null
  return {
    kind: 'not-allowed',
    field,
    limit: null,
    message: `${field} must be one of ${allowed.join(', ')}.`,
  }
}

function utcProblem(field: string, value: string): BodyProblem | null {
  if (z.iso.datetime().safeParse(value).success) return null
  const message = `${field} must be a UTC date and time such as 2026-11-20T01:02:03Z.`
  return { kind: 'not-allowed', field, limit: null, message }
}
