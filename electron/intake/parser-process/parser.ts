import { refused } from '../../../shared/document.ts'
import type { Reading } from '../../../shared/document.ts'
import type { SiteTemplate } from '../../../shared/site-templates.ts'
import { completeness } from '../completeness.ts'
import type { Completeness } from '../completeness.ts'
import { hasDicomSignature } from '../pdf/signatures.ts'
import { startNodeProcess } from './node-process.ts'
import { createParserSlot } from './parser-slot.ts'
import type { Job, JobOutcome, ParserLimits, ParserSlot } from './parser-slot.ts'
import type { StartParserProcess } from './transport.ts'

/** Files at once. */
const MAX_PROCESSES = 2
/** No report comes near this; a larger file is refused before it is copied to another process. */
export const MAX_INPUT_BYTES = 64 * 1024 * 1024

/** Limits for daily work (PDF-8): a report takes a fraction of a second and about 150 MiB. */
export const usualParserLimits: ParserLimits = { maxMemoryMb: 768, timeLimitMs: 10_000, idleMs: 60_000 }

/** Reads untrusted files in processes of their own. */
export type Parser = {
  /**
   * What the file says and what is wrong with it. A file that crashes its process or passes a limit is
   * `unsupported`; the next one gets a fresh process. Rejects only when no process can be started, when the signal
   * aborts (with its reason), or after `close`.
   */
  read(bytes: Uint8Array, signal?: AbortSignal): Promise<Reading>
  /** Whether the file is all there, by its format (interfaces.md 3). */
  complete(bytes: Uint8Array): Promise<Completeness>
  /** Ends all processes; whatever is still waiting rejects. */
  close(): Promise<void>
}

/**
 * @param start what a process is; Node's child process unless the host has another kind
 * @param templates the site's own labels (settings `reports.templates`), used for every file that is read
 */
export function createParser(
  limits: ParserLimits,
  start: StartParserProcess = startNodeProcess,
  templates: readonly SiteTemplate[] = [],
): Parser {
  const free: ParserSlot[] = Array.from({ length: MAX_PROCESSES }, () => createParserSlot(limits, start))
  const all = [...free]
  const waiting: {
    readonly resolve: (slot: ParserSlot) => void
    readonly reject: (reason: unknown) => void
  }[] = []
  const closing = new AbortController()

  async function take(signal: AbortSignal): Promise<ParserSlot> {
    signal.throwIfAborted()
    // The one used last, so that the other process may end when there is little to do.
    const slot = free.pop()
    if (slot !== undefined) return slot
    const turn = Promise.withResolvers<ParserSlot>()
    const entry = { resolve: turn.resolve, reject: turn.reject }
    waiting.push(entry)
    const leave = () => {
      const place = waiting.indexOf(entry)
      if (place >= 0) waiting.splice(place, 1)
      turn.reject(signal.reason)
    }
    signal.addEventListener('abort', leave, { once: true })
    try {
      return await turn.promise
    } finally {
      signal.removeEventListener('abort', leave)
    }
  }

  function giveBack(slot: ParserSlot): void {
    const next = waiting.shift()
    if (next === undefined) free.push(slot)
    else next.resolve(slot)
  }

  async function run(job: Job, signal?: AbortSignal): Promise<JobOutcome> {
    const either = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal])
    const slot = await take(either)
    try {
      return await slot.run(job, either)
    } finally {
      giveBack(slot)
    }
  }

  return {
    async read(bytes, signal) {
      if (bytes.length > MAX_INPUT_BYTES) {
        return refused(
          'too-large',
          `The file has ${bytes.length.toLocaleString('en-US')} bytes, far more than any report may have. Drop the report alone.`,
        )
      }
      const outcome = await run({ task: 'read', bytes, templates }, signal)
      if (outcome.kind === 'answer' && outcome.message.kind === 'reading') {
        const { reading } = outcome.message
        // What arrives is a view of the whole message; a copy lets that go.
        return reading.innerPdf === null
          ? reading
          : { ...reading, innerPdf: Uint8Array.from(reading.innerPdf) }
      }
      return refused(
        'unsupported',
        `The file could not be read within ${limits.timeLimitMs / 1000} seconds and ${limits.maxMemoryMb} MB of memory: it is too complex or broken. Export the report again as a simpler PDF.`,
      )
    },
    async complete(bytes) {
      if (!hasDicomSignature(bytes) || bytes.length > MAX_INPUT_BYTES) return completeness(bytes, () => true)
      const outcome = await run({ task: 'complete', bytes, templates: [] })
      const isComplete =
        outcome.kind === 'answer' && outcome.message.kind === 'completeness' && outcome.message.complete
      return completeness(bytes, () => isComplete)
    },
    async close() {
      closing.abort(new Error('The reader of reports is closed.'))
      await Promise.all(all.map((slot) => slot.end()))
    },
  }
}
