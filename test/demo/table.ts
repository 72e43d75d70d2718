/** Plain tables for a terminal: columns as wide as they need, the last one wrapped between words. */

const GAP = '  '
/** The last column is never made narrower than this, in characters; then the table is wider than asked for. */
const MIN_LAST_WIDTH = 30

/** @param widthCharacters what the lines should not exceed */
export function formatTable(
  rows: readonly (readonly string[])[],
  widthCharacters: number,
): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: Math.max(0, columns - 1) }, (_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  const indent = widths.reduce((sum, width) => sum + width + GAP.length, 0)
  const lastWidth = Math.max(MIN_LAST_WIDTH, widthCharacters - indent)
  return rows.flatMap((row) => {
    const head = widths.map((width, column) => (row[column] ?? '').padEnd(width) + GAP).join('')
    const [first = '', ...others] = wrapWords(row[columns - 1] ?? '', lastWidth)
    return [`${head}${first}`, ...others.map((line) => ' '.repeat(indent) + line)].map((line) =>
      line.trimEnd(),
    )
  })
}

function wrapWords(text: string, width: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
