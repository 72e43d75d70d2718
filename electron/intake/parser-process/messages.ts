import { z } from 'zod'
import { reading } from '../../../shared/document.ts'
import { siteTemplates, type SiteTemplate } from '../../../shared/site-templates.ts'

/** What the parser process is asked. Bytes travel as they are (structured clone), never through JSON. */
export const parserRequest = z.object({
  id: z.int(),
  task: z.enum(['read', 'complete']),
  bytes: z.instanceof(Uint8Array),
  templates: siteTemplates,
})
export type ParserRequest = {
  readonly id: number
  readonly task: 'read' | 'complete'
  readonly bytes: Uint8Array
  /** The site's own labels, for `read`. */
  readonly templates: readonly SiteTemplate[]
}

/**
 * What the parser process says. It has handled untrusted bytes, so all of it is checked on arrival.
 */
export const parserMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('reading'), id: z.int(), reading }),
  z.object({ kind: z.literal('completeness'), id: z.int(), complete: z.boolean() }),
  z.object({ kind: z.literal('failed'), id: z.int() }),
])
export type ParserMessage = z.infer<typeof parserMessage>
