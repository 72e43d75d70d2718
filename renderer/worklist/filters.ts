import { noFilters, type Filters } from '../../shared/preferences.ts'
import { fold, type StudyRow } from './study-row.ts'

/** What a filter asks beside the rows. */
export type FilterFacts = {
  readonly nowMs: number
  readonly alertCounts: ReadonlyMap<string, number>
  /** Rows that were added or changed since the person looked. */
  readonly news: ReadonlySet<string>
  readonly me: Me | null
}

/** A filter with a list of values to choose from. */
export const listFilters = ['practices', 'sites', 'modalities', 'priorities'] as const
export type ListFilter = (typeof listFilters)[number]
/** A filter that is on or off. */
export const plainFilters = ['isOverdue', 'hasAlerts', 'isNew'] as const
export type PlainFilter = (typeof plainFilters)[number]

export function valueOf({ appointment }: StudyRow, filter: ListFilter): string {
  switch (filter) {
    case 'practices':
      return appointment.domain
    case 'sites':
      return appointment.scheduledSite
    case 'modalities':
      return appointment.modality ?? ''
    case 'priorities':
      return appointment.priority ?? ''
  }
}

function isTrue(row: StudyRow, filter: PlainFilter, facts: FilterFacts): boolean {
  switch (filter) {
    case 'isOverdue':
      return row.dueMs !== null && row.dueMs < facts.nowMs
    case 'hasAlerts':
      return facts.alertCounts.has(row.id)
    case 'isNew':
      return facts.news.has(row.id)
  }
}

type Check = (row: StudyRow) => boolean
type FilterName = keyof Filters

/** The checks of the filters that are on, but for the one that is left out. */
function checksOf(filters: Filters, facts: FilterFacts, leftOut: FilterName | null): readonly Check[] {
  const checks: Check[] = []
  for (const filter of plainFilters) {
    if (filter !== leftOut && filters[filter]) checks.push((row) => isTrue(row, filter, facts))
  }
  for (const filter of listFilters) {
    if (filter === leftOut || filters[filter].length === 0) continue
    const values = new Set(filters[filter])
    checks.push((row) => values.has(valueOf(row, filter)))
  }
  const { assigned } = filters
  if (leftOut !== 'assigned' && assigned !== 'anyone') {
    checks.push((row) => isAssigned(row, assigned, facts.me))
  }
  return checks
}

function rowsPassing(rows: readonly StudyRow[], checks: readonly Check[]): readonly StudyRow[] {
  return checks.length === 0 ? rows : rows.filter((row) => checks.every((check) => check(row)))
}

/** The rows that pass every filter, in their order. */
export function filterRows(
  rows: readonly StudyRow[],
  filters: Filters,
  facts: FilterFacts,
): readonly StudyRow[] {
  return rowsPassing(rows, checksOf(filters, facts, null))
}

/**
 * How many studies each choice of a filter would show together with the other filters. Asked for one by one, because a
 * key in the search changes them all and only an open menu shows the long ones.
 */
export type FilterCounts = {
  /** A value that is chosen is always among them. */
  readonly list: (filter: ListFilter) => ReadonlyMap<string, number>
  readonly plain: (filter: PlainFilter) => number
  readonly assigned: () => Readonly<Record<Filters['assigned'], number>>
}

export function countChoices(rows: readonly StudyRow[], filters: Filters, facts: FilterFacts): FilterCounts {
  const othersPass = (filter: FilterName) => rowsPassing(rows, checksOf(filters, facts, filter))
  return {
    list(filter) {
      const counts = new Map(filters[filter].map((value) => [value, 0]))
      for (const row of othersPass(filter)) {
        const value = valueOf(row, filter)
        counts.set(value, (counts.get(value) ?? 0) + 1)
      }
      return counts
    },
    plain: (filter) =>
      othersPass(filter).reduce((sum, row) => (isTrue(row, filter, facts) ? sum + 1 : sum), 0),
    assigned() {
      const others = othersPass('assigned')
      const numberOf = (assigned: Filters['assigned']) =>
        others.reduce((sum, row) => (isAssigned(row, assigned, facts.me) ? sum + 1 : sum), 0)
      return { anyone: others.length, me: numberOf('me'), nobody: numberOf('nobody') }
    },
  }
}

/** Whether anything is left out. */
export function isFiltering(filters: Filters): boolean {
  return JSON.stringify(filters) !== JSON.stringify(noFilters)
}

/** The person of the settings, as QUBS may name them: folded words. */
export type Me = { readonly logins: ReadonlySet<string>; readonly nameWords: ReadonlySet<string> }

const titles = new Set(['dr', 'prof', 'professor', 'a/prof', 'mr', 'mrs', 'ms', 'miss'])

function nameWords(text: string): readonly string[] {
  return fold(text)
    .split(/[\s,.]+/)
    .filter((word) => word !== '' && !titles.has(word))
}

/** Who "me" is: the clinician of the settings; null where none is named. */
export function meOf(clinician: { readonly name: string; readonly email: string }): Me | null {
  const words = nameWords(clinician.name)
  const email = fold(clinician.email.trim())
  if (words.length === 0 && email === '') return null
  const logins = [email, fold(clinician.name.trim())].filter((text) => text !== '')
  return { logins: new Set(logins), nameWords: new Set(words) }
}

/**
 * QUBS names the radiologist by user name, first and last name (contract 1.5) and gives neither provider number nor
 * email. So it is me when the user name is my email or my name, or when first and last name are both words of my name.
 * A last name alone is not enough: two colleagues may share it.
 */
function isAssigned(row: StudyRow, assigned: Filters['assigned'], me: Me | null): boolean {
  if (assigned === 'anyone') return true
  if (assigned === 'nobody') return row.assignedTo === ''
  const user = row.appointment.radiologistUser
  if (user === null || me === null) return false
  if (user.username !== null && me.logins.has(fold(user.username.trim()))) return true
  const first = nameWords(user.firstName ?? '')
  const last = nameWords(user.lastName ?? '')
  return first.length > 0 && last.length > 0 && [...first, ...last].every((word) => me.nameWords.has(word))
}
