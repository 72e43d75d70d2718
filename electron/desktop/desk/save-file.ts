import { writeFile } from 'node:fs/promises'
import { dirname, extname } from 'node:path'
import type { Settings } from '../../../shared/settings.ts'
import { codeOf, isFileError } from '../../intake/file-error.ts'
import { CallFailed } from './call-failed.ts'
import type { DeskHost } from './desk.ts'
import { refuseInReports } from './report-folder.ts'

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
    if (settings !== null) await refuseInReports(dirname(chosen), settings.dropFolder.path)
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
