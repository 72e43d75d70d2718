import type { Comparison } from '../../shared/matching.ts'
import type { PendingAppointment } from '../../shared/worklist.ts'
import {
  isInitial,
  nameFromParts,
  parseName,
  readingsOf,
  wordsIn,
  type NameReading,
  type WrittenName,
} from './name-writing.ts'

/** The fields of an appointment that carry the patient's name; any of them may be missing. */
export type AppointmentName = Pick<PendingAppointment, 'patientName' | 'firstName' | 'lastName'>

const asianScripts = new Set(['han', 'hangul', 'hiragana', 'katakana'])
/** Alphabets that share letter shapes: a name that mixes them only looks like what a person reads. */
const confusableScripts = ['latin', 'greek', 'cyrillic', 'other']

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === 0 || b.size === 0 || [...a].some((script) => b.has(script))
}

function mixesAlphabets(name: WrittenName): boolean {
  return confusableScripts.filter((script) => name.scripts.has(script)).length > 1
}

function isAsian(name: WrittenName): boolean {
  return name.scripts.size > 0 && [...name.scripts].every((script) => asianScripts.has(script))
}

/** Whether the first names of both lists are the same, and the rest too; `Anne Marie` pairs with `Annemarie`. */
function pairUp(
  a: readonly string[],
  b: readonly string[],
  samePair: (x: string, y: string) => boolean,
  rest: (a: readonly string[], b: readonly string[]) => boolean,
): boolean {
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      if (i > 1 && j > 1) break
      const left = a.slice(0, i)
      const right = b.slice(0, j)
      // "Ann E." is not "Anne": an initial is never part of a compound name.
      if ((i > 1 && left.some(isInitial)) || (j > 1 && right.some(isInitial))) continue
      if (samePair(left.join(''), right.join('')) && rest(a.slice(i), b.slice(j))) return true
    }
  }
  return false
}

function sameName(x: string, y: string): boolean {
  return x === y
}

function sameNameOrInitial(x: string, y: string): boolean {
  return x === y || (isInitial(x) && y.startsWith(x)) || (isInitial(y) && x.startsWith(y))
}

/** Further given names: on one side only they do not matter; on both they must not differ, initials allowed. */
function furtherNamesAgree(a: readonly string[], b: readonly string[]): boolean {
  return a.length === 0 || b.length === 0 || pairUp(a, b, sameNameOrInitial, furtherNamesAgree)
}

/** Every further given name has its counterpart. */
function furtherNamesPairUp(a: readonly string[], b: readonly string[]): boolean {
  return (a.length === 0 && b.length === 0) || pairUp(a, b, sameNameOrInitial, furtherNamesPairUp)
}

function givenNamesAgree(a: readonly string[], b: readonly string[]): boolean {
  return pairUp(a, b, sameName, furtherNamesAgree)
}

/** Han, kana and Hangul names are usually written without a space: 山田太郎 is 山田^太郎. null: not such a case. */
function compareUnspaced(a: WrittenName, b: WrittenName): Comparison | null {
  const aWords = wordsIn(a)
  const bWords = wordsIn(b)
  if (aWords.length > 1 && bWords.length > 1) return null
  const text = aWords.join('')
  if (text !== bWords.join('')) return 'contradicts'
  // Two characters alone may be no more than a surname.
  const oneIsDivided = aWords.length > 1 || bWords.length > 1
  return oneIsDivided || Array.from(text).length > 2 ? 'agrees' : 'not-compared'
}

function compareReadings(a: NameReading, b: NameReading): Comparison {
  if (a.family !== b.family || !givenNamesAgree(a.given, b.given)) return 'contradicts'
  // The same initial on both sides is not the same given name: John and Jane are both J.
  if (isInitial(a.given[0] ?? '')) return 'not-compared'
  if (pairUp(a.given, b.given, sameName, furtherNamesPairUp)) return 'agrees'
  if (a.familyAt === 'known' || b.familyAt === 'known') return 'agrees'
  // Two free names of which one goes on. "Jane Mary Doe" and "DOE JANE MARY" are "Jane Doe"; but where the shorter one
  // would have to begin with its family name, the further word may as well belong to a double surname: "Jane Thompson"
  // and "Jane Thompson Reid", "Jane Thompson" and "Thompson Reid Jane".
  const excess = a.given.join('').length - b.given.join('').length
  const aMayBeLonger = excess < 0 || b.familyAt === 'last'
  const bMayBeLonger = excess > 0 || a.familyAt === 'last'
  return aMayBeLonger && bMayBeLonger ? 'agrees' : 'not-compared'
}

function compareSameScript(a: WrittenName, b: WrittenName): Comparison {
  const aWords = wordsIn(a)
  const bWords = wordsIn(b)
  // A single word on both sides may be somebody's whole name or only a surname: twins share it, so it proves nothing.
  if (aWords.length === 1 && bWords.length === 1) {
    return aWords[0] === bWords[0] ? 'not-compared' : 'contradicts'
  }
  const results = readingsOf(a).flatMap((left) => readingsOf(b).map((right) => compareReadings(left, right)))
  if (!results.includes('agrees')) return results.includes('not-compared') ? 'not-compared' : 'contradicts'
  if (a.generation === b.generation) return 'agrees'
  // Father and son: Jr against Sr is another person; Jr against nothing proves neither.
  return a.generation !== null && b.generation !== null ? 'contradicts' : 'not-compared'
}

/**
 * Compares two writings of a name; symmetric. Garbled text and other scripts are not compared. A name that mixes
 * look-alike alphabets never agrees: it contradicts wherever it shares an alphabet with the other name, because a
 * contradiction stops the report while "not compared" would let two other elements send it; only where both sides
 * carry the very same mixture (one system wrote both) is it not compared.
 */
export function compareWrittenNames(a: WrittenName, b: WrittenName): Comparison {
  if (a.garbled || b.garbled) return 'not-compared'
  if (!overlap(a.scripts, b.scripts)) return 'not-compared'
  if (mixesAlphabets(a) || mixesAlphabets(b)) {
    return wordsIn(a).join(' ') === wordsIn(b).join(' ') ? 'not-compared' : 'contradicts'
  }
  if (isAsian(a) && isAsian(b)) {
    // Kanji against kanji with kana: the same name may be written either way.
    if (a.scripts.size !== b.scripts.size || ![...a.scripts].every((script) => b.scripts.has(script))) {
      return 'not-compared'
    }
    const unspaced = compareUnspaced(a, b)
    if (unspaced !== null) return unspaced
  }
  return compareSameScript(a, b)
}

/** Contradiction in one writing outweighs agreement in another; agreement outweighs silence. */
function strongest(comparisons: readonly Comparison[]): Comparison {
  if (comparisons.includes('contradicts')) return 'contradicts'
  return comparisons.includes('agrees') ? 'agrees' : 'not-compared'
}

function compareGroups(document: readonly WrittenName[], appointment: readonly WrittenName[]): Comparison {
  return strongest(document.flatMap((a) => appointment.map((b) => compareWrittenNames(a, b))))
}

/** The appointment gives only a family name or only a given name: it can speak against a document, never for it. */
function compareWithHalf(
  document: readonly WrittenName[],
  half: string,
  which: 'family' | 'given',
): Comparison {
  const halves = parseName(half)
  const consistent = (a: WrittenName, b: WrittenName): boolean => {
    if (a.garbled || b.garbled || !overlap(a.scripts, b.scripts)) return true
    const words = wordsIn(b)
    if (wordsIn(a).join('') === words.join('')) return true
    if (isAsian(a) && isAsian(b)) return wordsIn(a).join('').includes(words.join(''))
    return readingsOf(a).some((reading) =>
      which === 'family' ? reading.family === words.join('') : givenNamesAgree(reading.given, words),
    )
  }
  return document.every((a) => halves.every((b) => consistent(a, b))) ? 'not-compared' : 'contradicts'
}

/**
 * Compares a name as the document prints it with an appointment's (interfaces.md 4 "Names"). The appointment's
 * `firstName` and `lastName` are used where both are there, else `patientName`; a name of the appointment in a script
 * that the parts do not have (`patientName` in kanji, parts in Latin) is looked at too.
 */
export function compareName(printed: string, appointment: AppointmentName): Comparison {
  const document = parseName(printed)
  const whole = parseName(appointment.patientName ?? '')
  const parts = nameFromParts(appointment.firstName ?? '', appointment.lastName ?? '')
  if (parts !== null) {
    const byParts = compareGroups(document, [parts])
    return byParts === 'not-compared' && document.every((name) => !overlap(name.scripts, parts.scripts))
      ? compareGroups(document, whole)
      : byParts
  }
  if (whole.length > 0) return compareGroups(document, whole)
  if (parseName(appointment.lastName ?? '').length > 0) {
    return compareWithHalf(document, appointment.lastName ?? '', 'family')
  }
  return compareWithHalf(document, appointment.firstName ?? '', 'given')
}
