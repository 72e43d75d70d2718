/** Reads JSON as people and tools hand it over: PowerShell and editors put a byte order mark in front. @throws SyntaxError */
export function parseJson(text: string): unknown {
  return JSON.parse(text.replace(/^\uFEFF/u, ''))
}
