import { z } from 'zod'
import { MAX_REPORT_TEXT_BYTES } from '../../shared/document.ts'

/** Largest sidecar in bytes: a full report text (2 MiB) may double in size through JSON escapes. */
export const MAX_SIDECAR_BYTES = 4 * 1024 * 1024

const word = (maxCharacters: number) => z.string().trim().min(1).max(maxCharacters)

/** `report.pdf.json` beside `report.pdf` (interfaces.md 3): every key optional, unknown keys an error. */
export const sidecarSchema = z.strictObject({
  appointmentId: word(200).optional(),
  domain: word(200).optional(),
  reportStatus: z.enum(['preliminary', 'final']).optional(),
  /** At most 2,097,152 UTF-8 bytes (contract 1.6 Q8). */
  reportText: z
    .string()
    .refine((text) => Buffer.byteLength(text) <= MAX_REPORT_TEXT_BYTES, {
      error: `is longer than ${MAX_REPORT_TEXT_BYTES.toLocaleString('en-US')} bytes`,
    })
    .optional(),
  /** UTC with a `Z`, to the second or finer. */
  reportedAtUtc: z.iso.datetime().optional(),
  interpretingClinicianName: word(500).optional(),
  interpretingClinicianProviderNumber: word(100).optional(),
  interpretingClinicianEmail: z.email().max(320).optional(),
})
export type Sidecar = z.infer<typeof sidecarSchema>

/** What an administrator's editor and a dictation vendor can check a sidecar with. */
export const sidecarJsonSchema = z.toJSONSchema(sidecarSchema, { io: 'input' })

export type SidecarResult =
  | { readonly ok: true; readonly sidecar: Sidecar }
  /** One sentence for a person; it names keys, never their values. */
  | { readonly ok: false; readonly message: string }

const refuse = (message: string): SidecarResult => ({ ok: false, message })

/**
 * Parses a sidecar: UTF-8 JSON, a byte-order mark is tolerated, at most `MAX_SIDECAR_BYTES`. Never throws.
 */
export function parseSidecar(bytes: Uint8Array): SidecarResult {
  if (bytes.length > MAX_SIDECAR_BYTES) {
    return refuse(
      `The sidecar has ${bytes.length.toLocaleString('en-US')} bytes; at most ${MAX_SIDECAR_BYTES.toLocaleString('en-US')} are read. Make it smaller and drop both files again.`,
    )
  }
  let json: unknown
  try {
    // TextDecoder takes a byte-order mark away by itself.
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return refuse('The sidecar is not valid JSON in UTF-8. Correct it and drop both files again.')
  }
  const parsed = sidecarSchema.safeParse(json)
  if (parsed.success) return { ok: true, sidecar: parsed.data }
  const [issue] = parsed.error.issues
  return refuse(`The sidecar ${complaint(issue)}. Correct it and drop both files again.`)
}

const expectations: Readonly<Record<string, string>> = {
  reportStatus: 'must be "preliminary" or "final"',
  reportedAtUtc: 'must be a UTC time such as 2026-11-20T01:02:03Z',
  reportText: `must be text of at most ${MAX_REPORT_TEXT_BYTES.toLocaleString('en-US')} bytes`,
  interpretingClinicianEmail: 'must be an e-mail address',
}

/** Says which key is wrong and what it must be; a key that we do not know is the writer's own word and is named. */
function complaint(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'unrecognized_keys') {
    const names = issue.keys
      .slice(0, 5)
      .map((key) => `"${key.slice(0, 60).replace(/[^\p{L}\p{N} ._-]/gu, '?')}"`)
    return `has ${names.length === 1 ? 'a key' : 'keys'} that ${names.length === 1 ? 'is' : 'are'} not known: ${names.join(', ')}`
  }
  const key = issue?.path[0]
  if (typeof key !== 'string') return 'must be one JSON object'
  return `is wrong at "${key}": it ${expectations[key] ?? 'must be text that is not empty and not overlong'}`
}
