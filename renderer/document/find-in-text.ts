/** A piece of text as pdf.js gives it: one run on the page, and whether its line ends there. */
export type TextRun = { readonly str: string; readonly hasEOL: boolean }

/** A part of one run, in UTF-16 units: from the first to after the last. */
export type Spot = { readonly run: number; readonly from: number; readonly to: number }

/** One match: it may go over several runs. */
export type Match = readonly Spot[]

/**
 * Where the typed words stand, without regard to case, accents and how much blank lies between words; a line's end is
 * a blank. Matches do not overlap.
 */
export function findInRuns(runs: readonly TextRun[], typed: string): readonly Match[] {
  const wanted = foldText([{ str: typed, hasEOL: false }]).text.trim()
  if (wanted === '') return []
  const { text, places } = foldText(runs)
  const matches: Match[] = []
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
    matches.push(spotsOf(places.slice(at, at + wanted.length)))
  }
  return matches
}

/** Where a folded unit came from; null: from the end of a line, which no run holds. */
type Place = Spot | null

function foldText(runs: readonly TextRun[]): { readonly text: string; readonly places: readonly Place[] } {
  let text = ''
  const places: Place[] = []
  const add = (folded: string, place: Place) => {
    if (folded === ' ' && (text === '' || text.endsWith(' '))) return
    text += folded
    for (let unit = 0; unit < folded.length; unit += 1) places.push(place)
  }
  runs.forEach(({ str, hasEOL }, run) => {
    let from = 0
    for (const character of str) {
      const to = from + character.length
      add(foldCharacter(character), { run, from, to })
      from = to
    }
    if (hasEOL) add(' ', null)
  })
  return { text, places }
}

function foldCharacter(character: string): string {
  if (/\s/u.test(character)) return ' '
  return character.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

function spotsOf(places: readonly Place[]): Match {
  const spots: Spot[] = []
  for (const place of places) {
    if (place === null) continue
    const last = spots.at(-1)
    if (last?.run === place.run) spots[spots.length - 1] = { ...last, to: place.to }
    else spots.push(place)
  }
  return spots
}
