import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import type { Vault } from '../vault/vault.ts'
import type { Output } from './output.ts'

/** Exit codes of every command (interfaces.md 1). */
export const exitCode = { done: 0, internal: 1, usage: 2, unresolved: 3, notStarted: 4, server: 5 } as const
export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

/** What the host gives to a command. */
export type CommandContext = {
  readonly profileFolder: string
  readonly output: Output
  readonly vault: Vault
  readonly json: boolean
  readonly now: () => number
  readonly random: () => number
  readonly readStandardInput: () => Promise<string>
  /** Aborts when the user ends the program. */
  readonly signal: AbortSignal
}

export type Command = {
  readonly name: string
  /** One line for the help text. */
  readonly usage: string
  readonly summary: string
  run(args: readonly string[], context: CommandContext): Promise<ExitCode>
}

/** A failure with a sentence for the user and the exit code that belongs to it. */
export class CommandFailed extends Error {
  readonly code: ExitCode
  constructor(code: ExitCode, message: string) {
    super(message)
    this.code = code
  }
}

export function usageError(message: string): CommandFailed {
  return new CommandFailed(exitCode.usage, message)
}

/**
 * Options and positional arguments of one command; refuses what it does not know.
 * @throws CommandFailed (wrong usage)
 */
export function readArguments<Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
  positionals: { readonly min: number; readonly max: number; readonly usage: string },
) {
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
    const count = parsed.positionals.length
    if (count < positionals.min || count > positionals.max)
      throw usageError(`Usage: radpost ${positionals.usage}`)
    return parsed
  } catch (error) {
    if (error instanceof CommandFailed) throw error
    const [first] = error instanceof Error ? error.message.split('. ') : ['Wrong usage']
    throw usageError(`${first}. Usage: radpost ${positionals.usage}`)
  }
}
