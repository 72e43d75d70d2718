import { readFileSync } from 'node:fs'
import { parseJson } from '../../shared/json-text.ts'
import { settingsSchema, type Settings } from '../../shared/settings.ts'
import { codeOf } from '../intake/file-error.ts'

/** The settings cannot be used; the message names the key and what is wrong with it, one line a fault. */
export class SettingsUnusable extends Error {}

/**
 * Reads `settings.json` (interfaces.md 2).
 * @throws SettingsUnusable
 */
export function readSettings(path: string): Settings {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const missing = codeOf(error) === 'ENOENT'
    throw new SettingsUnusable(
      missing
        ? `There is no settings.json in the profile (${path}). Write one with at least practices[].domain and dropFolder.path.`
        : `The settings at ${path} cannot be read (${codeOf(error) ?? 'unknown error'}).`,
    )
  }
  let value: unknown
  try {
    value = parseJson(text)
  } catch {
    throw new SettingsUnusable(`${path} is not valid JSON.`)
  }
  return parseSettings(value)
}

/** @throws SettingsUnusable */
export function parseSettings(value: unknown): Settings {
  const parsed = settingsSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map((issue) => {
    const place = issue.path
      .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
      .join('')
      .replace(/^\./u, '')
    if (issue.code === 'unrecognized_keys') {
      const where = place === '' ? 'settings.json' : `"${place}"`
      return `Unknown key ${issue.keys.map((key) => `"${key}"`).join(', ')} in ${where}.`
    }
    return `"${place === '' ? 'settings.json' : place}": ${issue.message}.`
  })
  throw new SettingsUnusable(`The settings cannot be used. ${faults.join(' ')}`)
}
