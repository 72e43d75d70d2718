/** Fields with words of the contract itself: a message may repeat them. */
const publicFields = new Set([
  'use',
  'system',
  'gender',
  'maritalStatus',
  'preferredLanguage',
  'country',
  'state',
  'status',
  'type',
  'consultType',
  'reason',
  'events',
  'waitingRoom',
  'contentType',
])

/** Texts of our own body that a message must never repeat. */
export function privateTextsOf(value: unknown, field = ''): readonly string[] {
  if (typeof value === 'string') return publicFields.has(field) ? [] : [value]
  // The items of a list belong to the field that has the list.
  if (Array.isArray(value)) return value.flatMap((item) => privateTextsOf(item, field))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => privateTextsOf(inner, name))
}
