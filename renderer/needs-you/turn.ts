/**
 * Which report is on the desk: the chosen one while it needs somebody; else the one that stands where it stood, so that
 * after a decision the next one comes by itself. `formerIds`: the list as it was when the choice was made.
 */
export function onTheDesk(
  ids: readonly string[],
  chosen: string | null,
  formerIds: readonly string[],
): string | null {
  if (chosen !== null && ids.includes(chosen)) return chosen
  const place = chosen === null ? -1 : formerIds.indexOf(chosen)
  if (place < 0) return ids[0] ?? null
  return formerIds.slice(place).find((id) => ids.includes(id)) ?? ids.at(-1) ?? null
}
