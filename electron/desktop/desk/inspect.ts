import type { CallResult } from '../../../shared/ipc.ts'
import type { DocumentIdentity, Reading } from '../../../shared/document.ts'
import { noIdentity } from '../../../shared/document.ts'
import type { SiteTemplate } from '../../../shared/site-templates.ts'
import { foundBeyond } from '../../intake/identifiers/found-beyond.ts'
import { createParser, usualParserLimits } from '../../intake/parser-process/parser.ts'
import type { StartParserProcess } from '../../intake/parser-process/transport.ts'
import { parseSidecar } from '../../intake/sidecar.ts'
import { inspect } from '../../station/inspection.ts'
import { shownCandidates } from './held.ts'
import type { ParsedArgs } from './handlers.ts'
import type { StationSession } from './station-session.ts'

/**
 * Dry runs for the window: the bytes go to the parser process and nowhere else, and the file is compared with the
 * worklist that the station has. Nothing is sent, asked of a server, or kept.
 */

export async function inspectFile(
  session: StationSession,
  { name, bytes, sidecar }: ParsedArgs<'inspect.file'>,
  now: () => number,
): Promise<CallResult<'inspect.file'>> {
  const { settings, station } = session
  const reading = await session.parser.read(bytes)
  const worklist = station.worklist.view(now())
  const { match, ...rest } = inspect({
    fileName: name,
    subFolder: null,
    reading,
    sidecar: sidecar === null ? null : parseSidecar(sidecar),
    settings,
    worklist: worklist.missing === null ? worklist.appointments : null,
  })
  return {
    ...rest,
    warnings: [...rest.warnings],
    match:
      match === null
        ? null
        : {
            kind: match.kind,
            reason: match.kind === 'held' ? match.reason : null,
            explanation: match.explanation,
            candidates: shownCandidates(
              match.kind === 'held' ? match.candidates : [match.candidate],
              worklist.appointments,
            ),
          },
    unmatched:
      reading.problem === null && worklist.missing !== null
        ? `The worklist of ${worklist.missing.domain} is not complete, so it is not known where this report belongs.`
        : null,
  }
}

/**
 * What the built-in rules find in a file, and what each template adds to that. A process with these templates reads
 * it, because a site's expression may be slow on a hostile text.
 */
export async function tryTemplates(
  { bytes, templates }: ParsedArgs<'inspect.templates'>,
  start: StartParserProcess | undefined,
): Promise<CallResult<'inspect.templates'>> {
  const plain = await readWith(bytes, [], start)
  const added: DocumentIdentity[] = []
  for (const template of templates) {
    const reading = plain.text === '' ? null : await readWith(bytes, [template], start)
    added.push(reading === null ? noIdentity : foundBeyond(plain.identity, reading.identity))
  }
  return { message: plain.message, text: plain.text, builtIn: plain.identity, added }
}

async function readWith(
  bytes: Uint8Array,
  templates: readonly SiteTemplate[],
  start: StartParserProcess | undefined,
): Promise<Reading> {
  const parser = createParser(usualParserLimits, start, templates)
  try {
    return await parser.read(bytes)
  } finally {
    await parser.close()
  }
}
