import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { codeOf } from '../intake/file-error.ts'

/**
 * The technical log: event codes and our own stack frames, never a message from outside, because those may quote
 * what they failed on (design.md 1.5). One older file is kept.
 */
export type Log = { error(code: string, error: unknown): void }

const MAX_LOG_BYTES = 1_048_576

export function createLog(path: string, now: () => number): Log {
  return {
    error(code, error) {
      try {
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
        if (sizeOf(path) > MAX_LOG_BYTES) renameSync(path, `${path}.1`)
        const line = { at: new Date(now()).toISOString(), event: code, ...describeError(error) }
        appendFileSync(path, `${JSON.stringify(line)}\n`, { mode: 0o600 })
      } catch {
        // A log that cannot be written must never stop the work.
      }
    },
  }
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size
  } catch {
    return 0
  }
}

/** Class, code and the frames of our own files; the message stays out. */
export function describeError(error: unknown): { name: string; code: string | null; frames: string[] } {
  if (!(error instanceof Error)) return { name: typeof error, code: null, frames: [] }
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .map((line) => line.trim().replace(/\(?(?:file:\/\/)?[^\s(]*[/\\](electron|shared)[/\\]/u, '($1/'))
    .slice(0, 12)
  return { name: error.name, code: codeOf(error), frames }
}
