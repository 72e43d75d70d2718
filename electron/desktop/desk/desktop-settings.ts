import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { idleLockMinutes } from '../../../shared/ipc/desk-calls.ts'
import { keptPreferences } from '../../../shared/preferences.ts'

/**
 * What only the desktop needs, in `desktop.json` of the profile: settings.json is normative and an administrator's
 * (interfaces.md 2). Nothing here is worth refusing to start for, so what cannot be read counts as its default.
 */
const bounds = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
})
export type WindowBounds = z.infer<typeof bounds>

const schema = z.object({
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  notifications: z.boolean().catch(true),
  startAtLogin: z.boolean().catch(false),
  /** `untilMs` null: until a person resumes. */
  paused: z.object({ untilMs: z.number().nullable() }).nullable().catch(null),
  /** The explanation that closing the window does not end Radpost was shown. */
  closeExplained: z.boolean().catch(false),
  /** Idle time after which the window is covered; null: never. */
  idleLockMinutes: idleLockMinutes.catch(null),
  window: bounds.nullable().catch(null),
  preferences: keptPreferences,
})
export type DesktopSettings = z.infer<typeof schema>

export type DesktopSettingsStore = {
  get(): DesktopSettings
  /** Writes whole or not at all; a disk that refuses keeps the change in memory only. */
  change(part: Partial<DesktopSettings>): DesktopSettings
}

export function openDesktopSettings(path: string): DesktopSettingsStore {
  let present = schema.parse(readObject(path))
  return {
    get: () => present,
    change(part) {
      present = schema.parse({ ...present, ...part })
      try {
        writeWhole(path, present)
      } catch {
        // Looks and comforts are not worth an error in a person's face.
      }
      return present
    },
  }
}

function readObject(path: string): object {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

/** Writes JSON beside the file and renames it, so that a crash leaves the old file or the new one. */
export function writeWhole(path: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(`${path}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flush: true })
  renameSync(`${path}.new`, path)
}
