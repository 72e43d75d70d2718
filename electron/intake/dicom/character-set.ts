import { convertBytes } from 'dicom-character-set'

/**
 * DICOM text (PS3.5 6.1.2 and PS3.3 C.12.1.1.2; safety-and-standards 6). The library decodes; this file adds what
 * it leaves open: terms that real files misspell, terms that nobody knows, and the signs of a wrong label.
 */

/**
 * `doubtful`: bytes and declared character set do not fit together (undeclared, wrongly declared or damaged), so
 * the text may be shown but must not be compared with anything.
 */
export type DecodedText = { readonly text: string; readonly doubtful: boolean }

/** Value representations whose delimiters differ (PS3.5 6.1.2.5.3). */
export type TextVr = 'PN' | 'LO' | 'SH' | 'LT' | 'ST' | 'UT' | 'UC'

const latinSets = new Set(['ISO_IR 100', 'ISO_IR 101', 'ISO_IR 109', 'ISO_IR 110', 'ISO_IR 148'])
/** Sets in which an accidental well-formed UTF-8 sequence does not occur in real words. */
const setsUnlikeUtf8 = new Set([...latinSets, 'ISO_IR 144', 'ISO_IR 126'])
/** In these two the positions A1 to BF are signs, not letters (but for ª, º and the middle dot). */
const setsWithSigns = new Set(['ISO_IR 100', 'ISO_IR 148'])
const singleByteSets = new Set([...setsUnlikeUtf8, 'ISO_IR 127', 'ISO_IR 138'])

/** The defined terms of (0008,0005) in their own spelling; a missing or empty value stays empty (ISO_IR 6). */
export function normaliseCharacterSet(values: readonly string[]): string {
  return values
    .map((value) => {
      const term = value.trim().toUpperCase()
      const extended = /^ISO[ _-]?2022[ _-]?IR[ _-]?(\d{1,3})$/.exec(term)
      if (extended !== null) return `ISO 2022 IR ${extended[1]}`
      const plain = /^ISO[ _-]?IR[ _-]?(\d{1,3})$/.exec(term)
      if (plain !== null) return `ISO_IR ${plain[1]}`
      return term === 'UTF-8' || term === 'UTF8' ? 'ISO_IR 192' : term
    })
    .join('\\')
}

/**
 * Decodes one value. Never throws: what cannot be decoded keeps its ASCII and shows U+FFFD for the rest.
 * `characterSet` comes from {@link normaliseCharacterSet}. Line ends and padding are left as they are.
 */
export function decodeText(characterSet: string, bytes: Uint8Array, vr: TextVr): DecodedText {
  const ascii = bytes.every((byte) => byte < 0x80 && byte !== 0x1b)
  const startsInJis = /^ISO 2022 IR (87|159)(\\|$)/.test(characterSet)
  if (ascii && !startsInJis) return { text: asciiOf(bytes), doubtful: false }
  try {
    const text = convertBytes(characterSet === '' ? undefined : withAscii(characterSet), bytes, { vr })
    return { text, doubtful: looksWrong(characterSet, bytes, text, vr) }
  } catch {
    return { text: asciiOf(bytes), doubtful: true }
  }
}

/** ASCII may be escaped to wherever code extensions are used, announced or not (PS3.5 6.1.2.5.4). */
function withAscii(characterSet: string): string {
  const terms = characterSet.split('\\')
  const extended = terms.some((term) => term.startsWith('ISO 2022'))
  return extended && !terms.includes('ISO 2022 IR 6') ? `${characterSet}\\ISO 2022 IR 6` : characterSet
}

function asciiOf(bytes: Uint8Array): string {
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  return latin.replaceAll(/[\u0080-\u00ff]/g, '\ufffd')
}

function looksWrong(characterSet: string, bytes: Uint8Array, text: string, vr: TextVr): boolean {
  if (/[\ufffd\u0080-\u009f]/.test(text)) return true
  const high = bytes.some((byte) => byte >= 0x80)
  if (!high) return false
  // Nothing beyond ASCII is allowed where no character set is declared (PS3.3 C.12.1.1.2).
  if (characterSet === '' || characterSet === 'ISO_IR 6' || characterSet === 'ISO 2022 IR 6') return true
  if (singleByteSets.has(characterSet) && bytes.some((byte) => byte >= 0x80 && byte <= 0x9f)) return true
  if (setsUnlikeUtf8.has(characterSet) && isUtf8(bytes)) return true
  return vr === 'PN' && latinSets.has(characterSet) && unlikeLatinName(characterSet, text)
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

/**
 * Chinese bytes labelled as Latin give names of signs and of accented letters only. A real name written in Latin
 * letters has at least one plain letter in every part of two letters and more.
 */
function unlikeLatinName(characterSet: string, text: string): boolean {
  if (
    setsWithSigns.has(characterSet) &&
    /[\u00a1-\u00a9\u00ab-\u00b6\u00b8\u00b9\u00bb-\u00bf×÷]/.test(text)
  ) {
    return true
  }
  return text.split(/[\s^=\\.,'-]+/).some((part) => /^[\u0080-\uffff]{2,}$/.test(part))
}
