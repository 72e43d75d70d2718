import type { DataSet, Element } from 'dicom-parser'

/**
 * Whether a parsed data set is whole. dicom-parser notices a cut only in part: in Implicit VR it runs past the
 * end without a word, and a missing delimiter is but a warning. So every length is checked against its parent's.
 */

/** Levels of nested items; the standard's own templates stay below ten. */
export const MAX_NESTING = 64

const UNDEFINED_LENGTH = 0xffff_ffff

export type StructureVerdict = 'sound' | 'broken' | 'too-deep'

/** What the check looks at; data sets of items have no warnings of their own, whatever the library's type says. */
export type Structure = Pick<DataSet, 'byteArray' | 'elements'> & { readonly warnings?: readonly string[] }

type Task = { readonly dataSet: Structure; readonly end: number; readonly depth: number }

/** Walks without recursion, so that depth cannot exhaust the stack. */
export function checkStructure(root: Structure): StructureVerdict {
  const tasks: Task[] = [{ dataSet: root, end: root.byteArray.length, depth: 0 }]
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    if (task.depth > MAX_NESTING) return 'too-deep'
    if (hasEndOfFileWarning(task.dataSet)) return 'broken'
    for (const element of Object.values(task.dataSet.elements)) {
      const end = element.dataOffset + element.length + delimiterBytes(element)
      if (element.length === UNDEFINED_LENGTH || end > task.end) return 'broken'
      if (lacksDelimiter(element, task.dataSet)) return 'broken'
      for (const item of element.items ?? []) {
        const itemEnd = item.dataOffset + item.length
        if (itemEnd > end) return 'broken'
        if (item.dataSet !== undefined)
          tasks.push({ dataSet: item.dataSet, end: itemEnd, depth: task.depth + 1 })
      }
    }
  }
  return 'sound'
}

/** The library also warns when it looks for a sequence in a last value of fewer than 4 bytes: that one is sound. */
function hasEndOfFileWarning(dataSet: Structure): boolean {
  const warnings = dataSet.warnings ?? []
  return warnings.some((text) => text.startsWith('eof encountered') && !text.endsWith('to determine VR'))
}

/**
 * The delimiter (FFFE,E0DD) that ends a sequence of undefined length: the library leaves it out of the length, and
 * in Implicit VR keeps no items of a private one.
 */
function delimiterBytes(element: Element): number {
  const isSequence = element.items !== undefined || (element.vr === undefined && isPrivate(element.tag))
  return element.hadUndefinedLength === true && isSequence ? 8 : 0
}

/** A value of undefined length that is no sequence: the library takes the rest of the file when no end is marked. */
function lacksDelimiter(element: Element, dataSet: Structure): boolean {
  if (element.hadUndefinedLength !== true || element.items !== undefined) return false
  if (element.encapsulatedPixelData === true || isPrivate(element.tag)) return false
  const bytes = dataSet.byteArray
  const at = element.dataOffset + element.length - 8
  if (at < element.dataOffset) return true
  const tag = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]].join(',')
  return tag !== '254,255,13,224' && tag !== '255,254,224,13'
}

function isPrivate(tag: string): boolean {
  return Number.parseInt(tag.slice(4, 5), 16) % 2 === 1
}
