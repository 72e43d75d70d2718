import { cellsOf } from './labels.ts'

/** Whom a block of a form speaks of, one entry for each block that stands side by side. */
export type Blocks = { readonly subjects: readonly Subject[]; readonly linesSeen: number }
type Subject = 'patient' | 'other'

export const patientBlock: Blocks = { subjects: ['patient'], linesSeen: 0 }

/** A block of somebody else is over after this many lines, should no blank line end it. */
const MAX_LINES = 8

const details = "(?:['’]?s)?(?:\\s+(?:details?|information|info|data|demographics?))?"
const patientHeading = new RegExp(`^(?:patient|pt)${details}$`, 'iu')
const otherHeading = new RegExp(
  `^(?:(?:referr(?:er|al|ing|ed by)|requesting|ordering|reporting|treating|attending|consulting|family)(?:\\s+(?:doctor|physician|clinician|practitioner|provider|radiologist|gp|clinic|practice))?|(?:the\\s+)?(?:doctor|physician|clinician|practitioner|provider|radiologist|gp|radiographer|technologist|sonographer|clinic|practice|hospital|facility|insurer|insurance|employer|guardian|carer|mother|father|parent|partner|spouse|donor|baby|next of kin|emergency contact|contact(?: person)?|copies? to|cc|signature|signed by|reported by|account holder|responsible person|study|exam(?:ination)?|procedure|service))${details}$`,
  'iu',
)

function headingOf(cell: string): Subject | null {
  const words = cell.replace(/[:：\s]+$/u, '').trim()
  if (patientHeading.test(words)) return 'patient'
  return otherHeading.test(words) ? 'other' : null
}

/**
 * Whom the line at `index` speaks of. A form prints "Referrer" as a heading and "Name:" below it, and often stands
 * the patient's block and another one side by side; "Name" means whoever the heading names.
 */
export function blocksAt(before: Blocks, line: string): Blocks {
  const headings = cellsOf(line).map(headingOf)
  const subjects = headings.filter((heading) => heading !== null)
  if (subjects.length === headings.length) return { subjects, linesSeen: 0 }
  if (line.trim() === '') return before.linesSeen > 0 ? patientBlock : before
  return before.linesSeen >= MAX_LINES ? patientBlock : { ...before, linesSeen: before.linesSeen + 1 }
}

/**
 * The subject of what stands at `position` of a line. Cells share out among the blocks from left to right; where a
 * line has fewer cells than there are blocks, nobody can tell, and it counts as somebody else's.
 */
export function subjectAt(blocks: Blocks, line: string, position: number): Subject {
  const { subjects } = blocks
  if (subjects.length === 1) return subjects[0] ?? 'patient'
  if (subjects.every((subject) => subject === 'patient')) return 'patient'
  const cells = cellsOf(line).length
  if (cells < subjects.length) return 'other'
  const cell = Math.max(cellsOf(line.slice(0, position) + 'x').length - 1, 0)
  return subjects[Math.floor((cell * subjects.length) / cells)] ?? 'other'
}
