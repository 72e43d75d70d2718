import { z } from 'zod'
import { dicomIsComplete } from '../dicom/completeness.ts'
import { sitePatterns } from '../identifiers/site-patterns.ts'
import { readReport } from '../read-report.ts'
import { parserRequest } from './messages.ts'
import type { ParserMessage } from './messages.ts'

/**
 * The work of a parser process, whatever kind of process it is: the only place where untrusted bytes are parsed. One
 * answer a request, through `tell`.
 */
export type ParserService = { answer(message: unknown): Promise<void> }

const MEMORY_LOOK_MS = 100

/** @param maxMemoryMb mebibytes that the whole process may hold; beyond them it ends itself. */
export function serveParser(maxMemoryMb: number, tell: (message: ParserMessage) => void): ParserService {
  // The process runs without code made from strings, which zod would otherwise try first.
  z.config({ jitless: true })

  // The owner watches the memory where the system lets it. Elsewhere this is the only watch on buffers, which the
  // heap limit does not count; it comes to its turn whenever the parsing pauses.
  const maxResidentBytes = maxMemoryMb * 1024 * 1024
  setInterval(() => {
    if (process.memoryUsage.rss() > maxResidentBytes) process.exit(1)
  }, MEMORY_LOOK_MS).unref()

  // pdf.js has promises that nobody waits for, and on a broken file they reject, sometimes after its answer: that must
  // not end the process under the next file. What the answer itself waits for is caught below, or ended by the owner.
  process.on('unhandledRejection', () => undefined)

  return {
    async answer(message) {
      const request = parserRequest.safeParse(message)
      if (!request.success) return
      const { id, task, bytes, templates } = request.data
      try {
        if (task === 'complete') tell({ kind: 'completeness', id, complete: dicomIsComplete(bytes) })
        else tell({ kind: 'reading', id, reading: await readReport(bytes, sitePatterns(templates)) })
      } catch {
        // What went wrong may quote the file, so only that something did is told.
        tell({ kind: 'failed', id })
      }
    },
  }
}
