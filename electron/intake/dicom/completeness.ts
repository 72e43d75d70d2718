import { isCutOff } from './cut-off.ts'
import { rootItem } from './data-set.ts'
import { parsePart10 } from './part-10.ts'
import { sopClassOf } from './sop-classes.ts'

/**
 * Whether the data set reads to its end (interfaces.md 3, "Settled"). `incomplete`: still growing, or damaged; a
 * report without its content counts as such, because a file can be cut between two elements. `complete` says
 * nothing about what the file is: waiting would not change it. Never throws.
 */
export function dicomCompleteness(bytes: Uint8Array): 'complete' | 'incomplete' | 'not-dicom' {
  const part10 = parsePart10(bytes)
  if (part10.kind === 'not-dicom') return 'not-dicom'
  if (part10.kind === 'incomplete') return 'incomplete'
  if (part10.kind !== 'parsed') return 'complete'
  const root = rootItem(part10.dataSet)
  return isCutOff(root, sopClassOf(root)) ? 'incomplete' : 'complete'
}

/** For bytes that are known to begin as DICOM: false while {@link dicomCompleteness} says `incomplete`. */
export function dicomIsComplete(bytes: Uint8Array): boolean {
  return dicomCompleteness(bytes) === 'complete'
}
