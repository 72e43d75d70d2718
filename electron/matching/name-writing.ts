/** How a person's name is written, taken apart for comparison (interfaces.md 4 "Names"; DICOM PS3.5 6.2.1 for PN). */

/** Folded words: no case, diacritics, hyphens, apostrophes or punctuation; never empty strings. */
type Words = readonly string[]

/**
 * One writing of a name. `known`: the writer said which part is the family name (caret, comma, or separate fields).
 * `free`: words only, of which the family name is the first or the last.
 */
export type WrittenName = {
  readonly parts:
    | { readonly order: 'known'; readonly family: Words; readonly given: Words }
    | { readonly order: 'free'; readonly words: Words }
  /** `jr`, `sr`, `2` … of father and son; null where none is written. */
  readonly generation: string | null
  /** Names of the scripts of its letters. */
  readonly scripts: ReadonlySet<string>
  /** The bytes were decoded with a wrong character set: what stands here is not what was written. */
  readonly garbled: boolean
}

/** One division of a name. `familyAt`: whether the writer gave it, or it is the first or the last words of a free name. */
export type NameReading = {
  readonly family: string
  readonly given: Words
  readonly familyAt: 'known' | 'first' | 'last'
}

/** Longest name that is taken apart, in words; anything longer is no name but a line of text. */
const MAX_WORDS = 12

const apostrophes = /['’‘‛ʼʻʽʾʿ`´′＇]/gu
/** Optional marks of the alphabets; marks that make another letter (kana, Indic vowels) are not among them. */
const diacritics =
  /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u0591-\u05c7\u0610-\u061a\u064b-\u0652]/gu
/** Letters with a stroke and ligatures that Unicode does not decompose. */
const undecomposed: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ħ: 'h',
  æ: 'ae',
  œ: 'oe',
  ς: 'σ',
}

const leadingTitles = new Set(
  'mr mrs ms miss mx master mstr dr prof professor sir dame rev reverend mme mlle sra srta'.split(' '),
)
/** Fewer than may lead: at the end a word is more likely to be a surname. */
const trailingTitles = new Set('mr mrs ms miss mx mstr dr prof'.split(' '))
const generations: ReadonlyMap<string, string> = new Map(
  Object.entries({
    jr: 'jr',
    jnr: 'jr',
    junior: 'jr',
    sr: 'sr',
    snr: 'sr',
    senior: 'sr',
    ii: '2',
    '2nd': '2',
    iii: '3',
    '3rd': '3',
    iv: '4',
    '4th': '4',
  }),
)

const scriptTests: readonly (readonly [string, RegExp])[] = [
  ['latin', /\p{Script=Latin}/u],
  ['greek', /\p{Script=Greek}/u],
  ['cyrillic', /\p{Script=Cyrillic}/u],
  ['han', /\p{Script=Han}/u],
  ['hiragana', /\p{Script=Hiragana}/u],
  ['katakana', /\p{Script=Katakana}/u],
  ['hangul', /\p{Script=Hangul}/u],
  ['arabic', /\p{Script=Arabic}/u],
  ['hebrew', /\p{Script=Hebrew}/u],
  ['devanagari', /\p{Script=Devanagari}/u],
  ['thai', /\p{Script=Thai}/u],
  [
    'other',
    /(?=\p{L})[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Thai}\p{Script=Common}\p{Script=Inherited}]/u,
  ],
]

/** Folds one word: compatibility forms, case, diacritics. Idempotent. */
function foldWord(word: string): string {
  // Upper case first: it unfolds ß to SS and joins dotless i with i, which lower case alone does not.
  const plain = word.toUpperCase().toLowerCase().normalize('NFKD').replace(diacritics, '').normalize('NFC')
  return plain.replace(/[øłđħæœς]/gu, (letter) => undecomposed[letter] ?? letter)
}

/** NFKC, invisible characters out, apostrophes and hyphens inside a name closed up; carets, commas and `=` stay. */
function prepare(printed: string): string {
  return (
    printed
      // Before NFKC, which would turn an acute accent used as apostrophe into a space and a mark.
      .replace(apostrophes, '')
      .normalize('NFKC')
      .replace(/\p{Cf}/gu, '')
      .replace(/\s\p{Pd}\s/gu, ' ')
      .replace(/\s*[\p{Pd}\u2212]\s*/gu, '')
  )
}

function wordsOf(prepared: string): Words {
  return prepared
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .map(foldWord)
    .filter((word) => word !== '')
}

/** Titles off both ends, as long as `keep` words remain: Lord may be a title, but it is also a surname. */
function withoutTitles(words: Words, keep: number): Words {
  let from = 0
  let to = words.length
  while (to - from > keep && leadingTitles.has(words[from] ?? '')) from += 1
  while (to - from > keep && trailingTitles.has(words[to - 1] ?? '')) to -= 1
  return words.slice(from, to)
}

function takeGeneration(words: Words, keep: number): { words: Words; generation: string | null } {
  const generation = generations.get(words.at(-1) ?? '') ?? null
  if (generation === null || words.length <= keep) return { words, generation: null }
  return { words: words.slice(0, -1), generation }
}

/** A sign that text was decoded with the wrong character set (safety-and-standards.md 6). */
function looksGarbled(printed: string): boolean {
  return /[\ufffd\u0080-\u009f]|[ÃÂ][\u00a0-\u00bf]/u.test(printed)
}

function written(parts: WrittenName['parts'], generation: string | null, garbled: boolean): WrittenName {
  const letters = (parts.order === 'known' ? [...parts.family, ...parts.given] : parts.words).join('')
  const scripts = new Set(scriptTests.filter(([, test]) => test.test(letters)).map(([script]) => script))
  return { parts, generation, scripts, garbled }
}

function freeName(text: string, generation: string | null, garbled: boolean): WrittenName {
  const rest = takeGeneration(withoutTitles(wordsOf(text), 2), 2)
  const words = withoutTitles(rest.words, 2)
  return written({ order: 'free', words }, generation ?? rest.generation, garbled)
}

function knownName(
  familyText: string,
  givenText: string,
  generation: string | null,
  garbled: boolean,
): WrittenName | null {
  const family = takeGeneration(withoutTitles(wordsOf(familyText), 1), 1)
  const given = takeGeneration(withoutTitles(wordsOf(givenText), 1), 1)
  const givenWords = withoutTitles(given.words, 1)
  if (family.words.length === 0 || givenWords.length === 0) return null
  return written(
    { order: 'known', family: family.words, given: givenWords },
    generation ?? given.generation ?? family.generation,
    garbled,
  )
}

/** `Surname, Given`, `Given Surname, Jr`, or words alone. */
function parseCommaName(text: string, generation: string | null, garbled: boolean): WrittenName {
  const pieces = text.split(/[,،、]/u).filter((piece) => wordsOf(piece).length > 0)
  const [familyText = '', ...rest] = pieces
  const givenTexts: string[] = []
  let found = generation
  for (const piece of rest) {
    const words = wordsOf(piece)
    const only = words.length === 1 ? words[0] : undefined
    if (only !== undefined && generations.has(only)) found ??= generations.get(only) ?? null
    else if (!words.every((word) => trailingTitles.has(word))) givenTexts.push(piece)
  }
  return (
    knownName(familyText, givenTexts.join(' '), found, garbled) ?? freeName(pieces[0] ?? '', found, garbled)
  )
}

function parseGroup(group: string, garbled: boolean): WrittenName {
  if (!group.includes('^')) return parseCommaName(group, null, garbled)
  // PS3.5 6.2.1.1: family, given, middle, prefix, suffix. Of the suffix only what tells father from son is kept.
  const [family = '', given = '', middle = '', , suffix = ''] = group.split('^')
  const generation = generations.get(wordsOf(suffix)[0] ?? '') ?? null
  return (
    knownName(family, `${given} ${middle}`, generation, garbled) ??
    parseCommaName(`${family} ${given} ${middle}`, generation, garbled)
  )
}

/**
 * The writings of one printed name: one, or up to three DICOM component groups separated by `=`. Groups without any
 * letter or digit are left out, so the answer may be empty. Never throws.
 */
export function parseName(printed: string): readonly WrittenName[] {
  const garbled = looksGarbled(printed)
  return prepare(printed)
    .split('=')
    .map((group) => parseGroup(group, garbled))
    .filter((name) => wordsIn(name).length > 0)
}

/** A name from separate fields; null where either has no letter or digit (`-` typed into an empty field). */
export function nameFromParts(firstName: string, lastName: string): WrittenName | null {
  const garbled = looksGarbled(firstName) || looksGarbled(lastName)
  return knownName(prepare(lastName), prepare(firstName), null, garbled)
}

/** All words of a name, family name first where it is known. */
export function wordsIn(name: WrittenName): Words {
  return name.parts.order === 'known' ? [...name.parts.family, ...name.parts.given] : name.parts.words
}

/** A single letter of an alphabet: it stands for a name and is none. One Han or Hangul character is a name. */
export function isInitial(word: string): boolean {
  return /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]$/u.test(word)
}

/**
 * Every way in which a name can be divided into family and given names. A free name of n words gives the family name
 * as its first or last words, leaving at least one given name: "Jane van der Berg" and "Jane Thompson Reid" must be
 * able to meet `van der Berg^Jane` and `Thompson-Reid^Jane`. A single word cannot be divided: no reading. More words
 * than a name has: none either.
 */
export function readingsOf(name: WrittenName): readonly NameReading[] {
  if (wordsIn(name).length > MAX_WORDS) return []
  if (name.parts.order === 'known') {
    return [{ family: name.parts.family.join(''), given: name.parts.given, familyAt: 'known' }]
  }
  const words = name.parts.words
  return words.slice(1).flatMap((_, index) => {
    const count = index + 1
    return [
      { family: words.slice(0, count), given: words.slice(count), familyAt: 'first' as const },
      { family: words.slice(-count), given: words.slice(0, -count), familyAt: 'last' as const },
    ]
      .filter((reading) => mayBeOneFamilyName(reading.family))
      .map((reading) => ({ ...reading, family: reading.family.join('') }))
  })
}

/** "Jane D. Avis" must not be read as the family name Davis; only the O of O'Brien stands apart as a letter. */
function mayBeOneFamilyName(words: Words): boolean {
  return words.length === 1 || words.every((word) => word === 'o' || !isInitial(word))
}
