import { DateTime } from 'luxon'

/** DICOM dates and times (VR DA, TM, DT; PS3.5 6.2) for people, and as ISO days for comparing. */

/** `yyyy-MM-dd` of a DA, also in the old form with dots; null where it is no day of the calendar. */
export function isoDateOfDicom(value: string): string | null {
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(value) ?? /^(\d{4})\.(\d{2})\.(\d{2})$/.exec(value)
  if (parts === null) return null
  const day = DateTime.fromISO(`${parts[1]}-${parts[2]}-${parts[3]}`, { zone: 'utc' })
  return day.isValid ? day.toISODate() : null
}

/** `2001-02-13`, `18:47:46` or both with the offset where there is one; a value of another form stays as it is. */
export function readableMoment(value: string, form: 'date' | 'time' | 'datetime'): string {
  if (form === 'date') return isoDateOfDicom(value) ?? value
  if (form === 'time') return readableTime(value) ?? value
  const parts = /^(\d{8})(\d{2,6}(?:\.\d{1,6})?)?([+-]\d{4})?$/.exec(value)
  const date = parts === null ? null : isoDateOfDicom(parts[1] ?? '')
  if (parts === null || date === null) return value
  const time = parts[2] === undefined ? null : readableTime(parts[2])
  return [date, time, readableOffset(parts[3])].filter((part) => part !== null).join(' ')
}

function readableTime(value: string): string | null {
  const parts = /^(\d{2})(?::?(\d{2}))?(?::?(\d{2})(\.\d{1,6})?)?$/.exec(value)
  if (parts === null) return null
  const [, hours, minutes, seconds, fraction] = parts
  if (minutes === undefined) return `${hours}:00`
  return seconds === undefined ? `${hours}:${minutes}` : `${hours}:${minutes}:${seconds}${fraction ?? ''}`
}

/** `+1000` as `+10:00`; null where there is none. */
export function readableOffset(value: string | null | undefined): string | null {
  const parts = /^([+-])(\d{2})(\d{2})$/.exec(value ?? '')
  return parts === null ? null : `${parts[1]}${parts[2]}:${parts[3]}`
}
