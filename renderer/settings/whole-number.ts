/** Whether what was typed is a whole number within the limits, both included. */
export function isWholeNumber(typed: string, min: number, max: number): boolean {
  if (!/^\s*\d+\s*$/.test(typed)) return false
  const number = Number(typed)
  return number >= min && number <= max
}
