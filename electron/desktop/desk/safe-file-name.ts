/**
 * A name for a file that came from elsewhere, fit for every file system that we write to, and saying no more than what
 * the bytes are (api-notes D): no folders, no characters that a system refuses or a person cannot see (a right-to-left
 * override turns `gpj.exe` around), no name of a Windows device, and one extension, which is ours.
 * @param given any text; null where there was none
 * @param extension without the dot
 */
export function safeFileName(given: string | null, extension: string): string {
  const last = (given ?? '').split(/[/\\]/u).at(-1) ?? ''
  const visible = last
    .normalize('NFC')
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .replaceAll(/[<>:"|?*]/gu, '-')
    .replaceAll(/\s+/gu, ' ')
  const stem = trimmed(cutTo(trimmed(withoutExtensions(visible, extension)), MOST_BYTES))
  const name = stem === '' ? 'attachment' : devices.test(stem) ? `attachment ${stem}` : stem
  return `${name}.${extension}`
}

/** Of the name without its extension, in bytes of UTF-8: most file systems take 255 for the whole. */
const MOST_BYTES = 150

/** Windows knows them with any extension, and with superscript digits too. */
const devices = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|$)/iu

/** `scan.pdf.exe` of a PDF becomes `scan`: what it says of its kind is left to the bytes. */
function withoutExtensions(name: string, extension: string): string {
  const stem = name.replace(/\.[\p{L}\p{N}]{1,8}$/u, '')
  return stem.toLowerCase().endsWith(`.${extension}`) ? stem.slice(0, -extension.length - 1) : stem
}

/** Dots and blanks at the end are lost on Windows; a dot at the start hides the file elsewhere. */
function trimmed(name: string): string {
  return name.replaceAll(/^[.\s]+|[.\s]+$/gu, '')
}

function cutTo(name: string, mostBytes: number): string {
  let cut = ''
  for (const character of name) {
    if (Buffer.byteLength(cut + character) > mostBytes) break
    cut += character
  }
  return cut
}
