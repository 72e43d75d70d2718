import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { parseJson } from '../../shared/json-text.ts'
import type { Settings } from '../../shared/settings.ts'
import { codeOf } from '../intake/file-error.ts'
import { parseSettings, readSettings, SettingsUnusable } from './settings-file.ts'

/** `settings.json` as plain JSON: what an administrator left out stays left out when something else is changed. */
export type SettingsDocument = { readonly [key: string]: unknown }

const anyObject = z.record(z.string(), z.unknown())

/**
 * The settings, or null where no file was written yet.
 * @throws SettingsUnusable
 */
export function readSettingsIfAny(path: string): Settings | null {
  return existsSync(path) ? readSettings(path) : null
}

/**
 * Changes the file in one step: reads it as it is (an empty object where there is none), checks what `change` makes
 * of it, and writes it beside before it is renamed into place, so that a crash leaves the old file or the new one.
 * @throws SettingsUnusable naming what is wrong; the file is then as it was
 */
export function changeSettings(
  path: string,
  change: (document: SettingsDocument) => SettingsDocument,
): Settings {
  const changed = change(readDocument(path))
  const settings = parseSettings(changed)
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(`${path}.new`, `${JSON.stringify(changed, null, 2)}\n`, { mode: 0o600, flush: true })
    renameSync(`${path}.new`, path)
  } catch (error) {
    const code = codeOf(error) ?? 'unknown error'
    throw new SettingsUnusable(`The settings cannot be written (${code}).`)
  }
  return settings
}

function readDocument(path: string): SettingsDocument {
  if (!existsSync(path)) return {}
  // A file that cannot be used is an administrator's to mend; it is never written over.
  readSettings(path)
  return anyObject.parse(parseJson(readFileSync(path, 'utf8')))
}

/** A part of the document that is an object; an empty one where it is not there. */
export function partOf(document: SettingsDocument, key: string): SettingsDocument {
  const part = anyObject.safeParse(document[key])
  return part.success ? part.data : {}
}
