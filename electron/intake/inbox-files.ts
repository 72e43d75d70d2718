import type { Stats } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf, isFileError } from './file-error.ts'

/** Most files that one look into an inbox reads; the rest waits for the next. */
export const MAX_FILES = 1_000

/** Reads one file: `gone` needs no look any more, `not-yet` is only being made; else why it stays where it is. */
export type JudgeFile<Problem> = (file: string, sizeBytes: number) => Promise<'gone' | 'not-yet' | Problem>

export type InboxFilesParts<Problem> = {
  /** What is said of a file that the file system refuses. */
  readonly unreadable: (file: string) => Problem
  /** Whether only another content of the file could change this. */
  readonly isFinal: (problem: Problem) => boolean
}

/** A look at the files of an inbox by these names; answers what stays, by name, whenever it was read. */
export type LookAtFiles<Problem> = (
  folder: string,
  names: readonly string[],
  judge: JudgeFile<Problem>,
) => Promise<readonly Problem[]>

type Judged<Problem> = {
  readonly sizeBytes: number
  readonly modifiedMs: number
  readonly problem: Problem | null
}

/**
 * Looks into one inbox again and again, and remembers what it has judged: what nobody can take in stays where it is,
 * and must not stand in the way of what comes after it. A file is known by its name, size and time of change. What may
 * be judged otherwise another time is read again after everything new, what was read longest ago first.
 */
export function createInboxFiles<Problem extends object>({
  unreadable,
  isFinal,
}: InboxFilesParts<Problem>): LookAtFiles<Problem> {
  const judged = new Map<string, Judged<Problem>>()

  async function tryToJudge(judge: JudgeFile<Problem>, file: string, stats: Stats) {
    try {
      return await judge(file, stats.size)
    } catch (error) {
      if (!isFileError(error)) throw error
      return codeOf(error) === 'ENOENT' ? 'gone' : unreadable(file)
    }
  }

  return async (folder, names, judge) => {
    const refused = new Set<string>()
    const present = new Map<string, Stats>()
    for (const name of names.toSorted()) {
      try {
        const stats = await lstat(join(folder, name))
        if (stats.isFile()) present.set(name, stats)
      } catch (error) {
        if (!isFileError(error)) throw error
        if (codeOf(error) !== 'ENOENT') refused.add(name)
      }
    }
    for (const [name, { sizeBytes, modifiedMs }] of judged) {
      const stats = present.get(name)
      if (stats?.size !== sizeBytes || stats.mtimeMs !== modifiedMs) judged.delete(name)
    }
    const fresh = [...present.keys()].filter((name) => !judged.has(name))
    // A map keeps its entries in the order in which they were made.
    const again = [...judged]
      .filter(([, { problem }]) => problem !== null && !isFinal(problem))
      .map(([name]) => name)
    for (const name of [...fresh, ...again].slice(0, MAX_FILES)) {
      const stats = present.get(name)
      if (stats === undefined) continue
      const found = await tryToJudge(judge, name, stats)
      judged.delete(name)
      if (found === 'gone') continue
      const problem = found === 'not-yet' ? null : found
      judged.set(name, { sizeBytes: stats.size, modifiedMs: stats.mtimeMs, problem })
    }
    return names
      .toSorted()
      .flatMap((name) => (refused.has(name) ? unreadable(name) : (judged.get(name)?.problem ?? [])))
  }
}
