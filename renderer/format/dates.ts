/** Dates and times as the viewer's locale writes them. `locale` undefined: the system's. */

const DAY_MS = 86_400_000

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Making one takes a hundred times longer than using it, and a list uses the same few in every row. */
function formatter(locale: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, options])
  const made = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formatters.set(key, made)
  return made
}

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})(?:$|T)/

function utcDay(text: string): Date | null {
  const match = dayPattern.exec(text)
  if (match === null) return null
  const date = new Date(`${match[1]}-${match[2]}-${match[3]}T00:00:00Z`)
  return Number.isNaN(date.getTime()) ? null : date
}

/**
 * A date without a time, such as a birth date. It belongs to no zone, so it is never shifted by one (api-notes D):
 * the day is read and written in UTC. Text that is no ISO day is given back as it is.
 */
export function writeDay(text: string | null, locale?: string): string {
  if (text === null || text === '') return ''
  const date = utcDay(text)
  if (date === null) return text
  return formatter(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(date)
}

/** Whole years between a birth date (`yyyy-MM-dd`) and the local day of `nowMs`; null where it cannot be told. */
export function ageInYears(birthDate: string | null, nowMs: number): number | null {
  const born = birthDate === null ? null : utcDay(birthDate)
  if (born === null) return null
  const now = new Date(nowMs)
  const hadBirthday =
    now.getMonth() > born.getUTCMonth() ||
    (now.getMonth() === born.getUTCMonth() && now.getDate() >= born.getUTCDate())
  const years = now.getFullYear() - born.getUTCFullYear() - (hadBirthday ? 0 : 1)
  return years < 0 || years > 150 ? null : years
}

function instant(text: string): Date | null {
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? null : date
}

/** An IANA zone that this system knows, else undefined: then the viewer's own zone is used. */
function knownZone(timeZone: string | undefined): string | undefined {
  if (timeZone === undefined) return undefined
  const known = zones.get(timeZone)
  if (known !== undefined) return known
  try {
    const { timeZone: named } = formatter('en', { timeZone }).resolvedOptions()
    zones.set(timeZone, named)
    return named
  } catch {
    return undefined
  }
}

const zones = new Map<string, string>()

function viewerZone(): string {
  return formatter(undefined, {}).resolvedOptions().timeZone
}

/** The day (`yyyy-MM-dd`) of an instant in an IANA zone; undefined: the viewer's own. */
export function dayIn(date: Date, timeZone: string | undefined): string {
  return formatter('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(date)
}

export type MomentOptions = {
  /** IANA zone of the site; left out: the viewer's own. */
  readonly timeZone?: string | undefined
  readonly locale?: string
  /** Name the zone, wherever it is not the viewer's own. */
  readonly nameZone?: boolean
  /** A day less than six days away is named by its weekday alone. */
  readonly isCompact?: boolean
}

/** An instant (ISO 8601 with zone): only the time when it is today in that zone, else day and time. */
export function writeMoment(text: string | null, nowMs: number, options: MomentOptions = {}): string {
  const date = text === null ? null : instant(text)
  if (date === null) return text ?? ''
  const timeZone = knownZone(options.timeZone)
  const day = dayIn(date, timeZone)
  const today = dayIn(new Date(nowMs), timeZone)
  const isToday = day === today
  const isNear = options.isCompact === true && Math.abs(date.getTime() - nowMs) < 6 * DAY_MS
  const sameYear = day.slice(0, 4) === today.slice(0, 4)
  return formatter(options.locale, {
    hour: '2-digit',
    minute: '2-digit',
    ...(isToday ? {} : { weekday: 'short' }),
    ...(isToday || isNear ? {} : { day: 'numeric', month: 'short' }),
    ...(isToday || isNear || sameYear ? {} : { year: 'numeric' }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(options.nameZone === true && timeZone !== undefined && timeZone !== viewerZone()
      ? { timeZoneName: 'short' }
      : {}),
  }).format(date)
}

/** A site-local wall time (`HH:mm:ss`), written as other times are, in no zone; what is none stays as it is. */
export function writeClock(text: string | null, locale?: string): string {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)/u.exec(text ?? '') ?? []
  if (hour === undefined || minute === undefined) return text ?? ''
  return formatter(locale, { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' }).format(
    Date.UTC(2000, 0, 1, Number(hour), Number(minute)),
  )
}
