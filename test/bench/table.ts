/** One measured value beside its limit. */
export type Measured = {
  readonly what: string
  readonly measured: number
  readonly limit: number
  readonly unit: 'ms' | 'KB'
  readonly runs: number
}

/** The value below which the share `part` (0 to 1) of all values lies; nearest rank. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)]
  if (value === undefined) throw new Error('Nothing was measured.')
  return value
}

/** Lines of a table: what, measured, limit, and whether it holds. */
export function writeTable(rows: readonly Measured[]): string {
  const cells = [
    ['', 'measured', 'limit', 'runs', ''],
    ...rows.map(({ what, measured, limit, unit, runs }) => [
      what,
      `${measured.toFixed(1)} ${unit}`,
      `${limit} ${unit}`,
      String(runs),
      measured <= limit ? 'holds' : 'MISSED',
    ]),
  ]
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  return cells
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('   '),
    )
    .join('\n')
}
