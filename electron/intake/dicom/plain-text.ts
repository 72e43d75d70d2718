/** Plain text as people read it and as it is sent (safety-and-standards 5, rule 10). */

/**
 * One line end (`\n`) for CR, LF, CRLF and LF CR, all of which occur in real SRs; page and line separators of old
 * printers become line ends too, so that words do not run together. Other control characters go, except tab.
 * Unicode NFC. Trailing padding goes, leading spaces stay (they are significant in UT).
 */
export function plainText(text: string): string {
  return text
    .replaceAll(/\r\n|\n\r|[\r\v\f]/g, '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .normalize('NFC')
    .trimEnd()
}

/** The same in one line, for headings, codes and names. */
export function plainLine(text: string): string {
  return plainText(text).replaceAll(/\s+/g, ' ').trim()
}

/** Letters of any script; the measure of interfaces.md 6 for "is there text". */
export function countLetters(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0
}

/** Case, accents, width and everything that is no letter or digit folded away, words joined by one space. */
export function foldWords(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
