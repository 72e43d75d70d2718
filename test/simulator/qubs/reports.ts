import { z } from 'zod'
import { jsonAnswer, type Answer } from '../core/answer.ts'
import type { ReceivedRequest } from '../core/received-request.ts'
import { bodyObject } from '../core/json-request.ts'
import { optionalText, readBody, requiredText, utcDateTime } from './json-body.ts'
import { utcSeconds, type SubmittedReport } from './practice-state.ts'

/** Largest report text, in bytes of its UTF-8 form (contract 1.6 Q8). */
const maxReportTextBytes = 2_097_152

const shape = {
  reportText: requiredText.refine((text) => Buffer.byteLength(text, 'utf8') <= maxReportTextBytes, {
    error: `Must be ${maxReportTextBytes} bytes or less when UTF-8 encoded.`,
  }),
  reportStatus: z
    .string()
    .transform((status) => status.toLowerCase())
    .pipe(z.enum(['preliminary', 'final'], { error: 'Must be preliminary or final.' })),
  reportFormat: optionalText,
  interpretingClinicianName: optionalText,
  interpretingClinicianProviderNumber: optionalText,
  interpretingClinicianEmail: optionalText,
  reportedAtUtc: utcDateTime.nullish(),
}

export type ReportRequest = z.infer<z.ZodObject<typeof shape>>

/** @throws ProblemError when the body is not a report (Q8). */
export function readReport(request: ReceivedRequest, refuseUnknown: boolean): ReportRequest {
  return readBody(request, bodyObject(shape, refuseUnknown))
}

export function reportFrom(
  asked: ReportRequest,
  received: { reportGuid: string; nowMs: number; idempotencyKey: string | null; correlationId: string },
): SubmittedReport {
  return {
    reportGuid: received.reportGuid,
    reportText: asked.reportText,
    reportStatus: asked.reportStatus,
    reportFormat: asked.reportFormat ?? 'text/plain',
    interpretingClinicianName: asked.interpretingClinicianName,
    interpretingClinicianProviderNumber: asked.interpretingClinicianProviderNumber,
    interpretingClinicianEmail: asked.interpretingClinicianEmail,
    reportedAtUtc: asked.reportedAtUtc ?? utcSeconds(received.nowMs),
    receivedAt: received.nowMs,
    idempotencyKey: received.idempotencyKey,
    correlationId: received.correlationId,
  }
}

export function submittedReport(
  { reportGuid, reportStatus, reportedAtUtc }: SubmittedReport,
  statusCode: number,
): Answer {
  return jsonAnswer(statusCode, { reportGuid, reportStatus, reportedAtUtc })
}
