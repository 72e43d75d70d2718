import { z } from 'zod'
import { parseJson } from '../../shared/json-text.ts'
import type { ExamOutcome } from '../../shared/qualiphy.ts'
import { vendorId, vendorWord } from './answers.ts'

/**
 * The body of a result webhook (contract 5.3). It is a hint from outside: it counts only where it names an exam that
 * we asked for and brings back that invite's own token. Pure.
 */

export type WebhookBody =
  | {
      readonly kind: 'result'
      readonly patientExamId: string
      /** null: it brings none, so it proves nothing. */
      readonly token: string | null
      readonly outcome: ExamOutcome
      readonly said: string
    }
  /** About a prescription on its way: names no exam (event 3). */
  | { readonly kind: 'tracking' }
  | { readonly kind: 'malformed' }

const result = z.object({
  patient_exam_id: vendorId,
  exam_status: z.string().max(500).catch(''),
  additional_data: z.unknown().optional(),
})
const tracking = z.object({ prescription_tracking: z.array(z.unknown()) })
const tokenHolder = z.object({ radpost: z.string().min(1).max(200) })

/** Reads the bytes of one body as the relay has written them. */
export function readWebhook(bytes: Uint8Array): WebhookBody {
  const json = parsed(new TextDecoder().decode(bytes))
  const read = result.safeParse(json)
  if (read.success) {
    const { patient_exam_id: patientExamId, exam_status: status, additional_data: data } = read.data
    const held = tokenHolder.safeParse(typeof data === 'string' ? parsed(data) : data)
    return {
      kind: 'result',
      patientExamId,
      token: held.success ? held.data.radpost : null,
      outcome: outcomeOf(status),
      said: vendorWord(status),
    }
  }
  return tracking.safeParse(json).success ? { kind: 'tracking' } : { kind: 'malformed' }
}

/** Only the three documented words have a meaning, in any case of letters; whatever else comes is unknown. */
export function outcomeOf(status: string): ExamOutcome {
  switch (status.trim().toLowerCase()) {
    case 'approved':
      return 'approved'
    case 'deferred':
      return 'deferred'
    case 'n/a':
      return 'not-available'
    default:
      return 'unknown'
  }
}

function parsed(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}
