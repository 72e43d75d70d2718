import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { publishedSchemas } from '../../setup/schemas.ts'

const schemas = await publishedSchemas()
const jsonSchema = z.looseObject({ properties: z.record(z.string(), z.unknown()) })
const parsed = (name: string) =>
  jsonSchema.parse(JSON.parse(schemas.find(({ path }) => basename(path) === name)?.text ?? ''))

describe('the published JSON schemas', () => {
  it.each(schemas.map(({ path, text }) => [basename(path), path, text]))(
    '%s is what the program goes by (else run: node test/setup/schemas.ts)',
    async (_, path, text) => {
      expect(await readFile(path, 'utf8')).toBe(text)
    },
  )

  it('ask of the settings no more than interfaces.md 2 does, and forbid unknown keys', () => {
    const settings = parsed('settings.schema.json')
    expect(settings['required']).toEqual(['practices', 'dropFolder'])
    expect(settings['additionalProperties']).toBe(false)
    expect(settings.properties['dropFolder']).toMatchObject({ required: ['path'] })
  })

  it('leave every key of a sidecar optional', () => {
    const sidecar = parsed('sidecar.schema.json')
    expect(sidecar['required']).toBeUndefined()
    expect(Object.keys(sidecar.properties)).toHaveLength(8)
  })
})
