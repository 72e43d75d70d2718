import type { WriteStream } from 'node:tty'

/**
 * The only place that writes to the terminal: results to standard output, everything else to standard error
 * (interfaces.md 1).
 */
export type Output = {
  /** A result: a text, or with `--json` one JSON value on a line. */
  result(value: unknown): void
  /** A sentence for people. */
  say(sentence: string): void
  /** Standard output is a terminal: progress lines for people are wanted. */
  readonly isTerminal: boolean
}

export function createOutput(stdout: NodeJS.WritableStream, stderr: NodeJS.WritableStream): Output {
  return {
    result: (value) => {
      stdout.write(typeof value === 'string' ? `${value}\n` : `${JSON.stringify(value)}\n`)
    },
    say: (sentence) => {
      stderr.write(`${sentence}\n`)
    },
    isTerminal: (stdout as Partial<WriteStream>).isTTY === true,
  }
}
