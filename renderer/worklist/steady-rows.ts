import { useState } from 'react'
import type { StudyRow } from './study-row.ts'

/** One row in sight. `isGone`: no longer pending, kept until the person lets the list move. */
export type Row = { readonly study: StudyRow; readonly isGone: boolean }

export type SteadyRows = {
  readonly rows: readonly Row[]
  /** Pending studies that are not in sight yet. */
  readonly added: number
  readonly gone: number
  /** Letting the list move would change the order of rows in sight. */
  readonly reordered: boolean
}

/** The list as it is now. */
export function settle(fresh: readonly StudyRow[]): SteadyRows {
  return { rows: fresh.map((study) => ({ study, isGone: false })), added: 0, gone: 0, reordered: false }
}

/**
 * The list while a hand or the keyboard is on it: every row stays in its place and shows its newest content; what has
 * come and gone is only counted. A click can never land on another study than the one that was aimed at.
 */
export function hold(shown: readonly Row[], fresh: readonly StudyRow[]): SteadyRows {
  const newest = new Map(fresh.map((study) => [study.id, study]))
  const rows = shown.map(({ study }) => {
    const present = newest.get(study.id)
    return present === undefined ? { study, isGone: true } : { study: present, isGone: false }
  })
  const inSight = new Set(shown.map(({ study }) => study.id))
  const still = rows.filter((row) => !row.isGone)
  const stillInOrder = fresh.filter((study) => inSight.has(study.id))
  return {
    rows,
    added: fresh.length - still.length,
    gone: rows.length - still.length,
    reordered: still.some((row, index) => stillInOrder[index]?.id !== row.study.id),
  }
}

/**
 * Rows that hold still while `isHeld`. `basis` names what the person asked for (search, filters, order, an update of the
 * list): when that changes the list is settled anew.
 */
export function useSteadyRows(fresh: readonly StudyRow[], isHeld: boolean, basis: string): SteadyRows {
  const [kept, setKept] = useState(() => ({ fresh, isHeld, basis, steady: settle(fresh) }))
  if (kept.fresh === fresh && kept.isHeld === isHeld && kept.basis === basis) return kept.steady
  const canHold = isHeld && kept.basis === basis && kept.steady.rows.length > 0
  const steady = canHold ? hold(kept.steady.rows, fresh) : settle(fresh)
  setKept({ fresh, isHeld, basis, steady })
  return steady
}
