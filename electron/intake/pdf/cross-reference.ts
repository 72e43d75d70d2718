/** Entries of the cross-reference table that are looked up, at most: enough to notice a shift, cheap on any file. */
const MAX_ENTRIES = 2000

/** Sections that are followed from the newest back to the oldest, at most. */
const MAX_SECTIONS = 32

/**
 * - `sound`: the file's own table of contents leads where it says.
 * - `shifted`: it does not; readers rebuild it, mostly with the same result.
 * - `rootless`: it does not, and what the trailer names as the root is no catalog: only few readers find the pages.
 */
export type CrossReferenceState = 'sound' | 'shifted' | 'rootless'

/**
 * Judges the cross-reference of a PDF (PDF-9): `startxref` points at a table or a stream, and every entry of a classic
 * table at its object. A reader that repairs a file does so in silence, and the receiver's reader may not, so this
 * is asked of the bytes themselves. Offsets count from the header or from the start of the file: both occur.
 *
 * @param file the whole file, one character a byte
 */
export function crossReferenceState(file: string, headerOffset: number): CrossReferenceState {
  const target = lastMatch(file, /startxref\s+(\d{1,10})\s+%%EOF/g)?.[1]
  const bases = headerOffset > 0 ? [0, headerOffset] : [0]
  if (target !== undefined && bases.some((base) => areSoundSections(file, Number(target), base)))
    return 'sound'
  return namesItsCatalog(file) ? 'shifted' : 'rootless'
}

function lastMatch(text: string, pattern: RegExp): RegExpExecArray | undefined {
  return [...text.matchAll(pattern)].at(-1)
}

function areSoundSections(file: string, newest: number, base: number): boolean {
  let target = newest
  for (let sections = 0; sections < MAX_SECTIONS; sections++) {
    const at = base + target
    if (!isSoundSection(file, at, base)) return false
    const trailer = file.indexOf('trailer', at)
    const end = file.indexOf('startxref', at)
    const dictionary = file.slice(trailer >= 0 && trailer < end ? trailer : at, end < 0 ? at + 4096 : end)
    const previous = /\/Prev\s+(\d{1,10})/.exec(dictionary.slice(0, 4096))?.[1]
    if (previous === undefined || Number(previous) === target) return true
    target = Number(previous)
  }
  return true
}

function isSoundSection(file: string, at: number, base: number): boolean {
  if (/^\s*\d{1,10}\s+\d{1,5}\s+obj\b/.test(file.slice(at, at + 40))) {
    return /\/XRef\b/.test(file.slice(at, at + 4096))
  }
  return (
    /^\s*xref\s/.test(file.slice(at, at + 12)) &&
    entriesLeadToObjects(file, file.indexOf('xref', at) + 4, base)
  )
}

/** An object inside an object stream cannot be looked at here and gets the benefit of the doubt. */
function namesItsCatalog(file: string): boolean {
  const root = lastMatch(file, /\/Root\s+(\d{1,10})\s+(\d{1,5})\s+R/g)
  if (root === undefined) return true
  const start = lastMatch(
    file,
    new RegExp(String.raw`(?<!\d)0*${Number(root[1])}\s+0*${Number(root[2])}\s+obj\b`, 'g'),
  )
  if (start === undefined) return true
  const body = file.slice(start.index, start.index + 4096)
  return /\/(?:Catalog|Pages)\b/.test(body.split('endobj')[0] ?? '')
}

function entriesLeadToObjects(file: string, from: number, base: number): boolean {
  const section = /\s*(\d{1,10})[ \t]+(\d{1,10})[ \t]*[\r\n]+/y
  const entry = /\s*(\d{10}) (\d{5}) ([nf])/y
  let at = from
  let seen = 0
  for (;;) {
    section.lastIndex = at
    const head = section.exec(file)
    if (head === null) break
    at = section.lastIndex
    const first = Number(head[1])
    const count = Number(head[2])
    for (let index = 0; index < count; index++) {
      entry.lastIndex = at
      const row = entry.exec(file)
      if (row === null) return false
      at = entry.lastIndex
      if (++seen > MAX_ENTRIES) return true
      if (row[3] !== 'n') continue
      const offset = base + Number(row[1])
      const object = new RegExp(String.raw`^\s*0*${first + index}\s+0*${Number(row[2])}\s+obj\b`)
      if (!object.test(file.slice(offset, offset + 40))) return false
    }
  }
  return /^\s*trailer/.test(file.slice(at, at + 40))
}
