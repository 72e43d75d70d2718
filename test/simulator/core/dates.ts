/** Whether a text is `YYYY-MM-DD` and a day that exists. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const ms = Date.parse(`${text}T00:00:00Z`)
  // 30 February parses to a day in March: it must come back as it went in.
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)
}

/** Whether a text is `YYYY-MM-DDThh:mm:ss` followed by what `zone` allows, at a day and time that exist. */
export function isDateTime(text: string, zone: RegExp): boolean {
  const parts = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(.*)$/.exec(text)
  return parts !== null && isCalendarDate(parts[1] ?? '') && zone.test(parts[3] ?? '')
}
