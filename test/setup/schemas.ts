import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { z } from 'zod'
import { sidecarJsonSchema } from '../../electron/intake/sidecar.ts'
import { settingsSchema } from '../../shared/settings.ts'

/**
 * The published JSON schemas (interfaces.md 2, 3), made from the zod schemas that the program itself uses.
 *
 *     node test/setup/schemas.ts     writes docs/*.schema.json anew
 */

export type PublishedSchema = { readonly path: string; readonly text: string }

const docs = new URL('../../docs/', import.meta.url)

/** Paths and contents of all schemas, formatted like the rest of the project. */
export async function publishedSchemas(): Promise<readonly PublishedSchema[]> {
  return Promise.all([
    published(
      'settings.schema.json',
      'settings.json of Radpost',
      z.toJSONSchema(settingsSchema, { io: 'input' }),
    ),
    published(
      'sidecar.schema.json',
      'Sidecar of a report for Radpost: report.pdf.json beside report.pdf',
      sidecarJsonSchema,
    ),
  ])
}

async function published(
  name: string,
  title: string,
  { $schema, ...rest }: typeof sidecarJsonSchema | ReturnType<typeof z.toJSONSchema<typeof settingsSchema>>,
): Promise<PublishedSchema> {
  const path = fileURLToPath(new URL(name, docs))
  const text = JSON.stringify({ $schema, title, ...rest }, null, 2)
  return { path, text: await format(text, { ...(await resolveConfig(path)), parser: 'json' }) }
}

if (import.meta.main) {
  for (const { path, text } of await publishedSchemas()) await writeFile(path, text)
}
