import { hasValue, type DicomItem } from './data-set.ts'
import type { SopClass } from './sop-classes.ts'

/**
 * true where a data set that reads to its end lacks what must be in it: a file can be cut exactly between two
 * elements. Elements stand in the order of their tags (PS3.5 7.1), so what comes late is missing then: the SOP
 * class, the Content Sequence of an SR (0040,A730), document (0042,0011) and MIME type (0042,0012) of a PDF.
 */
export function isCutOff(root: DicomItem, sopClass: SopClass): boolean {
  switch (sopClass.kind) {
    case 'report':
      return !hasValue(root, 'x0040a730')
    case 'encapsulated-pdf':
      return !hasValue(root, 'x00420011') || !hasValue(root, 'x00420012')
    case 'unknown':
      return Object.keys(root.dataSet.elements).every((tag) => tag < 'x00080016')
    case 'unsupported':
    case 'structured-data':
    case 'not-a-report':
      return false
  }
}
