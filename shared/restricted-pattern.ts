/**
 * The patterns that a site may write into its templates, and why others are refused. A regular expression of the
 * settings meets hostile text, so its worst case must be small: no group is repeated whose inside could match in
 * several ways (what makes a backtracking search exponential), nothing looks around or back, and only a few
 * repetitions have no fixed length (what makes it polynomial). The parser process ends whatever is slow all the same.
 */

export const MAX_PATTERN_CHARACTERS = 200
export const MAX_LABEL_CHARACTERS = 60
/** Repetitions without a fixed length in one pattern: each multiplies the worst case by the length of a line. */
export const MAX_OPEN_REPETITIONS = 3
/** `?` in one pattern: each doubles the worst case. */
const MAX_OPTIONS = 8
const MAX_COUNT = 200
const MAX_ALTERNATIVES = 20

const groupStart = '(?<value>'

/** Whether a pattern is a regular expression; without the group `value` it is the text of a label. */
export function isExpression(pattern: string): boolean {
  return pattern.includes(groupStart)
}

/** The compiled pattern: Unicode, as written (case counts), everywhere in a line. @throws SyntaxError */
export function compileExpression(pattern: string): RegExp {
  return new RegExp(pattern, 'gu')
}

/** Why a pattern cannot be used, as the end of a sentence about it; null where it can. Pure; never throws. */
export function patternProblem(pattern: string): string | null {
  return isExpression(pattern) ? expressionProblem(pattern) : labelProblem(pattern)
}

function labelProblem(label: string): string | null {
  const words = label.trim()
  if (words.length < 2 || words.length > MAX_LABEL_CHARACTERS) {
    return `must be a label of 2 to ${MAX_LABEL_CHARACTERS} characters, or a regular expression with a group (?<value>…)`
  }
  if (!/\p{L}/u.test(words) || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(words)) {
    return 'must be a label with at least one letter and on one line'
  }
  // What was meant as an expression must not be taken for a label that never occurs.
  if (/\\|\(\?|[[\]{}*+^$|]/u.test(words)) {
    return 'looks like a regular expression without the group (?<value>…) that says which part is the value'
  }
  return null
}

function expressionProblem(pattern: string): string | null {
  if (pattern.length > MAX_PATTERN_CHARACTERS) return `is longer than ${MAX_PATTERN_CHARACTERS} characters`
  let compiled: RegExp
  try {
    compiled = compileExpression(pattern)
  } catch {
    return 'is not a valid regular expression (flag u)'
  }
  // Escapes and classes aside, because `\(?` is an optional parenthesis and no group.
  const bare = pattern.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]/gsu, '_')
  if (!isExpression(bare) || bare.split('(?<').length > 2) {
    return 'must have exactly one named group, (?<value>…), and may not look behind'
  }
  if (/\(\?(?!:|<value>)/u.test(bare)) return 'may not look ahead or change its flags'
  if (/\\(?:[1-9]|k)/u.test(pattern.replaceAll('\\\\', ''))) return 'may not refer back to a group'
  compiled.lastIndex = 0
  if (compiled.test('')) return 'matches nothing at all, so it would match everywhere'
  return repetitionProblem(pattern)
}

/** What a group holds so far, of which a repetition around it may not hold again. */
type Group = { repeats: boolean; chooses: boolean }

/** One pass over a pattern that is known to compile. */
function repetitionProblem(pattern: string): string | null {
  const open: Group[] = [{ repeats: false, chooses: false }]
  let last: Group | null = null
  let openRepetitions = 0
  let options = 0
  let alternatives = 0
  for (const [token] of pattern.matchAll(tokens)) {
    const present = open.at(-1)
    if (present === undefined) return 'is not a valid regular expression (flag u)'
    if (token.startsWith('(')) {
      open.push({ repeats: false, chooses: false })
      last = null
    } else if (token === ')') {
      open.pop()
      last = present
      const outer = open.at(-1)
      if (outer !== undefined) {
        outer.repeats ||= present.repeats
        outer.chooses ||= present.chooses
      }
    } else if (token === '|') {
      present.chooses = true
      alternatives += 1
      last = null
    } else if (isQuantifier(token)) {
      const kind = kindOf(token)
      if (kind === 'too-many') return `may repeat something at most ${MAX_COUNT} times, or without a limit`
      if (kind === 'option') {
        options += 1
        present.repeats = true
      } else {
        if (last !== null && (last.repeats || last.chooses)) {
          return 'may not repeat a group that itself repeats something or has alternatives'
        }
        if (kind === 'open') openRepetitions += 1
        present.repeats = true
      }
      last = null
    } else last = null
  }
  if (openRepetitions > MAX_OPEN_REPETITIONS) {
    return `may have at most ${MAX_OPEN_REPETITIONS} repetitions of open length (*, +, {2,5})`
  }
  if (options > MAX_OPTIONS) return `may have at most ${MAX_OPTIONS} optional parts (?)`
  return alternatives > MAX_ALTERNATIVES ? `may have at most ${MAX_ALTERNATIVES} alternatives (|)` : null
}

/** An escape, a class, the start of a group, a quantifier (with its lazy mark), or one character. */
const tokens =
  /\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\.|\[(?:\\.|[^\]\\])*\]|\(\?(?::|<value>)|\{\d+(?:,\d*)?\}\??|[*+?]\??|./gsu

function isQuantifier(token: string): boolean {
  return /^(?:[*+?]|\{\d)/u.test(token)
}

function kindOf(quantifier: string): 'option' | 'fixed' | 'open' | 'too-many' {
  if (quantifier.startsWith('?')) return 'option'
  const counts = /^\{(\d+)(,?)(\d*)\}/u.exec(quantifier)
  if (counts === null) return 'open'
  const [, least = '', comma = '', most = ''] = counts
  if (Number(least) > MAX_COUNT || Number(most) > MAX_COUNT) return 'too-many'
  return comma === '' || most === least ? 'fixed' : 'open'
}
