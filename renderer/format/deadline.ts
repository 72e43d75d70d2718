import { words } from '../words.ts'

const MINUTE_MS = 60_000

/** How pressing a deadline is: decides the icon and the colour, never the order alone. */
export type Urgency = 'late' | 'soon' | 'open' | 'none'

export type Remaining = {
  readonly urgency: Urgency
  /** Whole minutes from now, always positive: late by, or left. 0 where there is no deadline. */
  readonly minutes: number
}

/** Less than this is `soon`. */
const SOON_MINUTES = 120

/** What is left until `reportNeededBy` (UTC ISO 8601, the only field that drives urgency: api-notes D). */
export function remaining(neededBy: string | null, nowMs: number): Remaining {
  const dueMs = neededBy === null ? NaN : Date.parse(neededBy)
  if (Number.isNaN(dueMs)) return { urgency: 'none', minutes: 0 }
  const leftMs = dueMs - nowMs
  if (leftMs < 0) return { urgency: 'late', minutes: Math.max(1, Math.floor(-leftMs / MINUTE_MS)) }
  const minutes = Math.floor(leftMs / MINUTE_MS)
  return { urgency: minutes < SOON_MINUTES ? 'soon' : 'open', minutes }
}

/** `5 min`, `2 h 10 min`, `3 d 4 h`: two parts at most. */
export function writeMinutes(minutes: number): string {
  const { duration } = words.shell
  if (minutes < 60) return duration.minutes({ minutes })
  const hours = Math.floor(minutes / 60)
  if (hours < 24) {
    return minutes % 60 === 0
      ? duration.hours({ hours })
      : duration.hoursAndMinutes({ hours, minutes: minutes % 60 })
  }
  const days = Math.floor(hours / 24)
  return hours % 24 === 0 ? duration.days({ days }) : duration.daysAndHours({ days, hours: hours % 24 })
}
