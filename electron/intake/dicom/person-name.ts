import { plainLine } from './plain-text.ts'

/** DICOM person names (VR PN, PS3.5 6.2.1): `family^given^middle^prefix^suffix`, component groups by `=`. */

/**
 * A name as people write it: prefix, given, middle, family, then the suffix after a comma. Of several component
 * groups the first that has anything comes first, an ideographic one follows in brackets. A value without `^` is
 * not a structured name and stays as it is. Empty when there is nothing.
 */
export function formatPersonName(value: string): string {
  const groups = value.split('=').map(formatGroup)
  const [first, ...others] = groups.slice(0, 2).filter((group) => group !== '')
  if (first === undefined) return groups[2] ?? ''
  return others.length === 0 ? first : `${first} (${others.join(', ')})`
}

function formatGroup(group: string): string {
  const [family, given, middle, prefix, suffix] = group.split('^').map(plainLine)
  const name = [prefix, given, middle, family].filter((part) => part !== undefined && part !== '').join(' ')
  if (suffix === undefined || suffix === '') return name
  return name === '' ? suffix : `${name}, ${suffix}`
}

/** true where one word of the name has letters of two alphabets that look alike (safety-and-standards 6). */
export function mixesAlphabets(name: string): boolean {
  return name
    .split(/[\s^=,]+/)
    .some(
      (word) =>
        [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u].filter((script) =>
          script.test(word),
        ).length > 1,
    )
}
