/** How well what was typed names something; null: not at all, higher is better. All texts must be folded. */
export type Named = { readonly name: string; readonly detail: string }

const AT_WORD = 8
const IN_A_ROW = 5

/**
 * Every blank-separated part of what was typed must be found: in the name as it is or its letters one after the other,
 * in the detail as it is.
 */
export function fuzzyScore(typed: string, { name, detail }: Named): number | null {
  let sum = 0
  for (const part of typed.split(/\s+/).filter((one) => one !== '')) {
    const score = wholeScore(part, name) ?? wholeScore(part, detail) ?? scatteredScore(part, name)
    if (score === null) return null
    sum += score
  }
  // Of two that match alike, the shorter one is the closer one.
  return sum - name.length / 1_000
}

function wholeScore(part: string, text: string): number | null {
  const at = text.indexOf(part)
  if (at < 0) return null
  let startsWord = false
  for (let next = at; next >= 0 && !startsWord; next = text.indexOf(part, next + 1))
    startsWord = isWordStart(text, next)
  return part.length * (IN_A_ROW + 1) + (startsWord ? AT_WORD * 2 : 0)
}

/** Letters apart from each other: each counts one, more at the start of a word or right after the one before. */
function scatteredScore(part: string, text: string): number | null {
  let score = 0
  let from = 0
  for (const letter of part) {
    const at = text.indexOf(letter, from)
    if (at < 0) return null
    score += 1 + (isWordStart(text, at) ? AT_WORD : at === from && from > 0 ? IN_A_ROW : 0)
    from = at + letter.length
  }
  return score
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? ' ')
}
