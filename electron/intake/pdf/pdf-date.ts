const pattern =
  /^(?:D:)?(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:(Z)(?:00'?00'?)?|([+-])(\d{2})'?(\d{2})?'?)?\s*$/

/**
 * A PDF date string (ISO 32000-1 7.9.4, `D:20261120093000+11'00'`) as ISO 8601: with its offset where it gives
 * one, without where it does not. Missing parts take their defaults (January, 1st, midnight). null where it is no
 * date at all or names a day or time that does not exist.
 */
export function isoFromPdfDate(printed: unknown): string | null {
  if (typeof printed !== 'string' || printed.length > 64) return null
  const match = pattern.exec(printed.trim())
  if (match === null) return null
  const [, year = '', month = '01', day = '01', hour = '00', minute = '00', second = '00'] = match
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  // A round trip refuses 31 February, which the Date constructor would shift into March.
  const moment = new Date(`${local}Z`)
  if (Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 19) !== local) return null
  const sign = match[8]
  const offsetHours = match[9]
  if (match[7] !== undefined) return `${local}Z`
  if (sign === undefined || offsetHours === undefined) return local
  const offsetMinutes = match[10] ?? '00'
  if (Number(offsetHours) > 14 || Number(offsetMinutes) > 59) return local
  return `${local}${sign}${offsetHours}:${offsetMinutes}`
}
