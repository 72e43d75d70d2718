import { z } from 'zod'
import { heldReasons, reportStatuses } from '../delivery.ts'
import { artefactKinds, artefactProblems, documentIdentity } from '../document.ts'
import { siteTemplates } from '../site-templates.ts'
import { pendingAppointment } from '../worklist.ts'
import { candidateSchema } from './delivery-calls.ts'
import type { CallTable } from './vocabulary.ts'

/** Largest file that the window hands over to be looked at, in bytes: eight times what QUBS takes. */
export const MAX_INSPECT_BYTES = 16 * 1024 * 1024
/** Largest companion file, in bytes, as in the drop folder (interfaces.md 3). */
export const MAX_INSPECT_SIDECAR_BYTES = 4 * 1024 * 1024

/** A file that the person dropped on the window: it has a name and bytes, and no path. */
const droppedFile = z.object({
  name: z.string().max(255),
  bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= MAX_INSPECT_BYTES),
})

/** What a dry run found (interfaces.md 7, `inspect`); every sentence is free of patient data. */
const inspection = z.object({
  verdict: z.enum(['report', 'held']),
  reason: z.enum(artefactProblems).nullable(),
  message: z.string(),
  kind: z.enum(artefactKinds).nullable(),
  status: z.enum([...reportStatuses, 'unclear']).nullable(),
  /** Why it has this status. */
  statusWhy: z.string().nullable(),
  identifiers: documentIdentity,
  text: z.string(),
  warnings: z.array(z.string()),
  /** null: not compared with the worklist; `unmatched` says why. */
  match: z
    .object({
      kind: z.enum(['matched', 'held']),
      reason: z.enum(heldReasons).nullable(),
      explanation: z.string(),
      candidates: z.array(candidateSchema.extend({ appointment: pendingAppointment.nullable() })),
    })
    .nullable(),
  unmatched: z.string().nullable(),
})

/** Looking at a file without sending or keeping anything. */
export const inspectCalls = {
  'inspect.file': {
    args: droppedFile.extend({
      /** Bytes of `report.pdf.json`, where it was dropped together with the report. */
      sidecar: z
        .instanceof(Uint8Array)
        .refine((bytes) => bytes.length <= MAX_INSPECT_SIDECAR_BYTES)
        .nullable(),
    }),
    result: inspection,
  },
  /** What the built-in rules find in a file, and what each template adds. */
  'inspect.templates': {
    args: droppedFile.extend({ templates: siteTemplates }),
    result: z.object({
      /** Why the file is no readable report; its text may be there all the same. */
      message: z.string(),
      text: z.string(),
      builtIn: documentIdentity,
      /** In the order of the templates. */
      added: z.array(documentIdentity),
    }),
  },
} as const satisfies CallTable
