import { firstCell } from './values.ts'

const title = '(?:mr|mrs|ms|miss|mx|mstr|master|dr|prof|professor|sir|dame|hon|rev)'
const age =
  '(?:aged?:?\\s*)?\\d{1,3}\\s*-?\\s*(?:y\\s*/?\\s*o|yo|y|yrs?|years?|m|mths?|months?|w|wks?|weeks?|d|days?)\\b\\.?(?:\\s*-?\\s*old)?'

/** What may follow a name on its line and is no part of it, from the end inwards. */
const trailing: readonly RegExp[] = [
  /\s*\([^()]*\)?\s*$/u,
  new RegExp(`[\\s,;/-]+${age}(?:[\\s,;/]*(?:female|male|f|m))?\\s*$`, 'iu'),
  /[\s,;/-]+\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\s*$/u,
  // A bare number is an age or an id beside the name.
  /[\s,;/-]+\d{5,}\s*$/u,
  new RegExp(`[\\s,;/-]+(?:female|male)\\s*$`, 'iu'),
  // A lone F or M is the sex: printed so far more often than a middle initial, and never one after a comma.
  /(?<=\p{L}[.,]?[\s,;/-]+\p{L}{2,}[.,]?)[\s,;/-]+[FM]\s*$/u,
  new RegExp(`[\\s,]+${title}\\.?\\s*$`, 'iu'),
  /[\s,;:|/\-–—.#]+$/u,
]

/** Words that stand behind "Patient" or "Name" on a form without being a name. */
const notNames =
  /^(?:information|details|data|demographics?|history|report|status|summary|name|names|record|number|unknown|anonymous|not|no|none|nil|n\/a|yes|see|as|the|was|is|has|had|with|and|of|for|to|in|on|a|an)$/iu

/**
 * A person's name as printed, without what else stands on the line: age, sex, title behind it, a remark in
 * parentheses. null where the text is no name: too long, without letters, a sentence. Any script; digits may occur
 * inside words.
 */
export function readName(text: string): string | null {
  // Parentheses with a number or a sex in them begin the remarks; other ones inside a name belong to it.
  const remarks = /\s+[-–—]\s+|[;|]|\s*\((?=[^()]*\d|(?:female|male|f|m)\b)/iu
  let name = firstCell(text).split(remarks)[0]?.trim() ?? ''
  for (let before = ''; before !== name;) {
    before = name
    for (const noise of trailing) if (noise.test(name)) name = name.replace(noise, '').trim()
  }
  name = name.replace(/\s+/gu, ' ')
  const words = name.split(/[\s,]+/u).filter((word) => word !== '')
  if (name.length > 120 || words.length === 0 || words.length > 10) return null
  if (!/\p{L}/u.test(name) || /^[\d\W]*\d{3,}/u.test(name) || /[:=?!]/u.test(name)) return null
  if (isProse(name.normalize('NFKC'))) return null
  return notNames.test(words[0] ?? '') ? null : name
}

/** The small words inside surnames, which no capital letter begins. */
const particle =
  /^(?:de|del|della|der|den|des|di|da|do|dos|du|el|al|bin|binti|ibn|la|le|las|los|st|ten|ter|van|von|vom|y|zu|zur)$/u

/** Wide letters are the same letters. */
const isParticle = (word: string): boolean => particle.test(word.normalize('NFKC'))

/**
 * A new sentence begins inside: a full stop, a word with a capital, and small words after it. The full stop of a
 * title, an initial or "St." ends no sentence, so there the small words must be those of a name.
 */
function isProse(name: string): boolean {
  const newSentence = /\.\s+\p{Lu}\p{Ll}{3,}.*\s\p{Ll}/u
  if (!newSentence.test(name)) return false
  const abbreviated = new RegExp(`(?<!\\p{L})(?:${title}|st|\\p{L})\\.\\s+`, 'giu')
  if (newSentence.test(name.replaceAll(abbreviated, ''))) return true
  return name.split(/[\s,]+/u).some((word) => /^\p{Ll}/u.test(word) && !isParticle(word))
}

/**
 * The same where no colon vouches for the label: at least two words, each beginning like a name does (a capital
 * letter, or a script without capitals), apart from the small words inside surnames.
 */
export function readEvidentName(text: string): string | null {
  const name = readName(text)
  if (name === null) return null
  const words = name.split(/[\s,^]+/u).filter((word) => word !== '')
  const capital = /^['’"(]?[\p{Lu}\p{Lt}\p{Lo}]/u
  if (!words.every((word) => capital.test(word) || isParticle(word))) return null
  const oneWordScript = words.length === 1 && /^\p{Lo}{2,}/u.test(name)
  return words.length >= 2 || oneWordScript ? name : null
}

/** Whether the text begins with the title of a doctor: under a bare "Name" that is the author, not the patient. */
export function hasDoctorTitle(text: string): boolean {
  return /^(?:(?:a\/|assoc(?:iate)?\.?\s+)?prof(?:essor)?|dr|doctor)\b/iu.test(firstCell(text))
}

/** `Surname, Given` of two fields printed apart. */
export function joinedName(surname: string, given: string): string {
  return `${surname}, ${given}`
}
