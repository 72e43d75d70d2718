import { realpath, writeFile } from 'node:fs/promises'
import { dirname, extname, isAbsolute, relative } from 'node:path'
import type { Settings } from '../../../shared/settings.ts'
import { codeOf, isFileError } from '../../intake/file-error.ts'
import { CallFailed } from './call-failed.ts'
import type { DeskHost } from './desk.ts'

/**
 * Saves a file where the person chooses. Nothing opens it: the system would run it by its name.
 * @param name what is proposed, with its extension
 * @returns false where the person chose nothing
 * @throws CallFailed
 */
export async function saveFile(
  { settings }: { readonly settings: Pick<Settings, 'dropFolder'> | null },
  host: Pick<DeskHost, 'chooseSavePath'>,
  {
    name,
    extension,
    bytes,
  }: { readonly name: string; readonly extension: string; readonly bytes: Uint8Array },
): Promise<boolean> {
  const chosen = await host.chooseSavePath(name, extension)
  if (chosen === null) return false
  const hasExtension = extname(chosen).toLowerCase() === `.${extension}`
  try {
    const folder = await realpath(dirname(chosen))
    const dropFolder = settings?.dropFolder.path ?? null
    const watched = dropFolder === null ? null : await realpath(dropFolder).catch(() => null)
    if (isInside(folder, watched)) {
      throw new CallFailed(
        'refused',
        'Choose another folder: what lies in the folder for finished reports is taken for a report.',
      )
    }
    // The dialog has asked before it overwrites; of a name that we complete, nobody was asked.
    await writeFile(hasExtension ? chosen : `${chosen}.${extension}`, bytes, {
      flag: hasExtension ? 'w' : 'wx',
    })
  } catch (error) {
    if (isFileError(error)) throw new CallFailed('refused', sentenceOf(error))
    throw error
  }
  return true
}

function isInside(folder: string, outer: string | null): boolean {
  if (outer === null) return false
  const way = relative(outer, folder)
  return way === '' || (!way.startsWith('..') && !isAbsolute(way))
}

const writeTroubles: readonly (readonly [codes: readonly string[], sentence: string])[] = [
  [['EEXIST'], 'There is a file of that name already; choose another name.'],
  [['ENOSPC', 'EDQUOT'], 'There is no room on that disk; free some, or choose another place.'],
  [['EACCES', 'EPERM', 'EROFS'], 'The file may not be written there; choose another place.'],
]

function sentenceOf(error: Error): string {
  const code = codeOf(error) ?? ''
  const known = writeTroubles.find(([codes]) => codes.includes(code))
  return known?.[1] ?? 'The file could not be written there; choose another place.'
}
