/**
 * The only place that writes to the terminal: results to standard output, everything else to standard error
 * (interfaces.md 1).
 */
export type Output = {
  /** A result: a text, or with `--json` one JSON value on a line. */
  result(value: unknown): void
  /** A result that is a file, byte for byte. */
  bytes(value: Uint8Array): void
  /** A sentence for people. */
  say(sentence: string): void
}

export function createOutput(stdout: NodeJS.WritableStream, stderr: NodeJS.WritableStream): Output {
  return {
    result: (value) => {
      stdout.write(`${typeof value === 'string' ? printable(value) : JSON.stringify(value)}\n`)
    },
    bytes: (value) => {
      stdout.write(value)
    },
    say: (sentence) => {
      stderr.write(`${printable(sentence)}\n`)
    },
  }
}

/** A file's name or a server's word must not steer the terminal: control characters become visible marks. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, (character) =>
    character === '\n' || character === '\t' ? character : '\uFFFD',
  )
}
