import { basename } from 'node:path'

/**
 * Sentences of the station may name folders; the window learns the last part of a path at most (shared/ipc.ts).
 * Paths that are known are replaced wherever they stand, whatever characters they hold; anything else that looks like
 * an absolute path of more than one part is too. Addresses (https://host/…) and dates (03/04/1988) stay.
 */
export function cleanSentence(text: string, knownPaths: readonly string[]): string {
  let cleaned = text
  for (const path of knownPaths.toSorted((a, b) => b.length - a.length)) {
    if (path.length > 1) cleaned = cleaned.replaceAll(path, basename(path))
  }
  return cleaned.replaceAll(
    absolutePath,
    (path) => path.split(/[/\\]/u).findLast((part) => part !== '') ?? '',
  )
}

const absolutePath =
  /(?<![\p{L}\p{N}/:.])\/(?:[^\s/"'()]+\/)+[^\s/"'()]*|(?<![\p{L}\p{N}])[A-Za-z]:[\\/](?:[^\s\\/"']+[\\/])*[^\s\\/"']*|\\\\[^\s\\"']+(?:\\[^\s\\"']+)+/gu

/** What a folder is called on screen: its own name, without where it is. */
export function folderLabel(path: string): string {
  const parts = path.split(/[/\\]/u).filter((part) => part !== '')
  return parts.at(-1) ?? path
}
