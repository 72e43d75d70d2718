/** A text layer with fewer letters than this is no report (interfaces.md 6, `no-text`). */
export const MIN_LETTERS = 50
/** And at least this many letters a page on average. */
export const MIN_LETTERS_PER_PAGE = 20

export type TextQuality = 'readable' | 'too-little' | 'garbled'

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

/**
 * Whether the text of a document can stand for what its pages show (PDF-6). A text layer can be missing, or be
 * there and mean nothing: a font without a Unicode map gives shifted letters, symbols or lone letters. The limits
 * lie far outside what reports in any European language measure, so that a table of numbers or a text full of
 * abbreviations passes; scripts other than Latin are judged only by what does not depend on the language.
 *
 * @param pages number of pages, at least 1
 */
export function judgeText(text: string, pages: number): TextQuality {
  const letters = count(text, /\p{L}/gu)
  if (letters < MIN_LETTERS || letters < MIN_LETTERS_PER_PAGE * pages) return 'too-little'
  return isGarbled(text, letters) ? 'garbled' : 'readable'
}

function isGarbled(text: string, letters: number): boolean {
  const visible = count(text, /\S/gu)
  // Private-use bullets are common, so a few are no sign; unassigned and replacement characters never come from a report.
  if (count(text, /[\uFFFD\p{Co}\p{Cn}\u0080-\u009F]/gu) > visible * 0.1) return true
  if (letters < visible * 0.25) return true
  // UTF-8 read as Latin-1 or Windows-1252: a lead byte followed by a continuation byte.
  if (count(text, /[ÂÃâ][\u0080-\u00BF\u20AC\u2018-\u201E\u2122]/gu) > letters * 0.03) return true
  const latin = text.normalize('NFD').match(/\p{Script=Latin}/gu) ?? []
  if (latin.length < letters * 0.6) return mixesScripts(text, letters)
  return isGarbledLatin(text, latin)
}

function isGarbledLatin(text: string, latin: readonly string[]): boolean {
  const lower = latin.map((letter) => letter.toLowerCase())
  const share = (pattern: RegExp) => lower.filter((letter) => pattern.test(letter)).length / lower.length
  // Vowels: English 0.40, Polish 0.38, Finnish 0.50; a shifted alphabet 0.10 to 0.20.
  const vowels = share(/[aeiouyæøœı]/)
  if (vowels < 0.22 || vowels > 0.72) return true
  if (share(/[jkqvwxz]/) > 0.3) return true
  if (new Set(lower).size < 8) return true
  const words = text.match(/[\p{L}\p{M}'’]+/gu) ?? []
  const alone = words.filter((word) => word.length === 1).length
  return words.length >= 15 && alone > words.length * 0.5
}

const otherScripts = [
  /\p{Script=Cyrillic}/gu,
  /\p{Script=Greek}/gu,
  /\p{Script=Arabic}/gu,
  /\p{Script=Hebrew}/gu,
  /\p{Script=Hangul}/gu,
  /\p{Script=Thai}/gu,
  /\p{Script=Devanagari}/gu,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu,
]

/** No report is written in four scripts at once; a wrongly read code page looks like that. */
function mixesScripts(text: string, letters: number): boolean {
  const used = otherScripts.filter((script) => count(text, script) > letters * 0.08)
  return used.length >= 3
}
