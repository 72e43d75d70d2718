import { DateTime, FixedOffsetZone, IANAZone, type Zone } from 'luxon'
import type { DocumentTimes } from '../../shared/document.ts'

export type ReportedAtSource = 'sidecar' | 'sr-content' | 'pdf-modified' | 'pdf-created' | 'file-modified'

export type ReportedAtInput = {
  /** `reportedAtUtc` of the sidecar, or null. */
  readonly sidecar: string | null
  readonly times: DocumentTimes
  /** Modification time of the dropped file, milliseconds since 1970. */
  readonly mtimeMs: number
  /** When the file had settled, milliseconds since 1970: no report is from later than that. */
  readonly settledAtMs: number
  /** IANA zone of the appointment's site; null where it is not known. */
  readonly siteZone: string | null
  /** IANA zone of this machine. */
  readonly machineZone: string
}

export type ReportedAt = {
  /** ISO 8601 in UTC to the second, `2026-11-20T01:02:03Z`. */
  readonly utc: string
  readonly source: ReportedAtSource
  /** One sentence without patient data, or null. */
  readonly warning: string | null
}

/** Wall-clock time as written, before a zone is put to it. */
type WallTime = {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

/** Years before this are placeholders (0001, 1899), never the time of a report. */
const EARLIEST_YEAR = 1900

function zoneNamed(name: string | null): Zone | null {
  return name !== null && IANAZone.isValidZone(name) ? IANAZone.create(name) : null
}

/**
 * The instant of a wall-clock time. Where the clocks are put back the time occurs twice, where they are put forward it
 * does not occur: in both cases the offset in force before the change counts (the earlier of the two instants; and
 * 02:30 in a spring gap is read as 03:30 after it).
 */
function instantOf(wall: WallTime, zone: Zone): DateTime | null {
  const time = DateTime.fromObject(wall, { zone })
  if (!time.isValid || wall.year < EARLIEST_YEAR) return null
  return time.getPossibleOffsets().reduce((earliest, other) => (other < earliest ? other : earliest), time)
}

/** DICOM DA (PS3.5 6.2): `YYYYMMDD`, or the older `YYYY.MM.DD`. */
function parseDicomDate(text: string): Pick<WallTime, 'year' | 'month' | 'day'> | null {
  const match = /^(\d{4})(\.?)(\d{2})\2(\d{2})$/u.exec(text.trim())
  return match === null ? null : { year: Number(match[1]), month: Number(match[3]), day: Number(match[4]) }
}

/** DICOM TM (PS3.5 6.2): `HH`, `HHMM`, `HHMMSS`, `HHMMSS.F…`, or the older form with colons. */
function parseDicomTime(text: string): Pick<WallTime, 'hour' | 'minute' | 'second'> | null {
  const match = /^([01]\d|2[0-3])(?::?(\d{2})(?::?(\d{2})(?:\.\d{1,6})?)?)?$/u.exec(text.trim())
  if (match === null) return null
  const second = Number(match[3] ?? 0)
  // DICOM allows second 60 for a leap second, which no calendar here knows.
  return { hour: Number(match[1]), minute: Number(match[2] ?? 0), second: second === 60 ? 59 : second }
}

/** (0008,0201) `+HHMM` or `-HHMM`, from -1200 to +1400 (PS3.3 C.12.1.1.8). */
function parseDicomOffset(text: string | null): Zone | null {
  const match = /^([+-])(\d{2})([0-5]\d)$/u.exec(text?.trim() ?? '')
  if (match === null) return null
  const minutes = (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]))
  return minutes < -12 * 60 || minutes > 14 * 60 ? null : FixedOffsetZone.instance(minutes)
}

function srContentTime(content: DocumentTimes['srContent'], siteZone: Zone): DateTime | null {
  if (content === null || content.time === null) return null
  const date = parseDicomDate(content.date)
  const time = parseDicomTime(content.time)
  return date === null || time === null
    ? null
    : instantOf({ ...date, ...time }, parseDicomOffset(content.utcOffset) ?? siteZone)
}

/** ISO 8601 with a time of day; without an offset it is wall-clock time of `zone`. */
function isoTime(text: string | null, zone: Zone): DateTime | null {
  const trimmed = text?.trim() ?? ''
  if (!/^\d{4}-\d{2}-\d{2}T/u.test(trimmed)) return null
  const time = DateTime.fromISO(trimmed, { zone, setZone: true })
  if (!time.isValid || time.year < EARLIEST_YEAR) return null
  const { year, month, day, hour, minute, second } = time
  const hasOffset = /T.*(?:Z|[+-]\d{2}(?::?\d{2})?)$/iu.test(trimmed)
  return hasOffset ? time : instantOf({ year, month, day, hour, minute, second }, zone)
}

/**
 * When the report was made (interfaces.md 5): the first source that gives a real time, in the order sidecar, SR
 * content date and time, PDF ModDate, PDF CreationDate, mtime; bad values are passed over. An SR date without a time
 * is no time. Clamped to the moment the file settled, with a warning. To be decided once and kept.
 */
export function decideReportedAt(input: ReportedAtInput): ReportedAt {
  const machine = zoneNamed(input.machineZone) ?? FixedOffsetZone.utcInstance
  const site = zoneNamed(input.siteZone) ?? machine
  const { times } = input
  const sources: readonly (readonly [ReportedAtSource, () => DateTime | null])[] = [
    ['sidecar', () => isoTime(input.sidecar, FixedOffsetZone.utcInstance)],
    ['sr-content', () => srContentTime(times.srContent, site)],
    ['pdf-modified', () => isoTime(times.pdfModified, machine)],
    ['pdf-created', () => isoTime(times.pdfCreated, machine)],
  ]
  for (const [source, read] of sources) {
    const time = read()
    if (time !== null) return clamped(time.toMillis(), source, input.settledAtMs)
  }
  return clamped(input.mtimeMs, 'file-modified', input.settledAtMs)
}

function clamped(timeMs: number, source: ReportedAtSource, settledAtMs: number): ReportedAt {
  const isLater = timeMs > settledAtMs
  return {
    utc: toUtcSeconds(isLater ? settledAtMs : timeMs),
    source,
    warning: isLater
      ? 'The time of the report lies in the future; the time at which the file was complete is used instead.'
      : null,
  }
}

function toUtcSeconds(timeMs: number): string {
  const wholeSecondMs = Math.floor(timeMs / 1000) * 1000
  return `${new Date(wholeSecondMs).toISOString().slice(0, 19)}Z`
}
