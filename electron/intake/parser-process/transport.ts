import type { ParserRequest } from './messages.ts'

/**
 * One parser process as its owner sees it. Node's child process is one kind; Electron's utility process can be
 * another behind the same four functions.
 */
export type ParserProcess = {
  send(request: ParserRequest): void
  /** Bytes of memory the process holds now, or null where that cannot be asked from outside. */
  residentBytes(): Promise<number | null>
  /** At once and without asking (SIGKILL). The end is told through `onExit`. */
  kill(): void
}

export type ParserProcessEvents = {
  onMessage(message: unknown): void
  /** Once, however it ended, also when it could not start. */
  onExit(): void
}

/** Starts a parser process that may hold `maxMemoryMb` mebibytes of memory in all. */
export type StartParserProcess = (maxMemoryMb: number, events: ParserProcessEvents) => ParserProcess
