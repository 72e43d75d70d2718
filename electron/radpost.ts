#!/usr/bin/env node
import { text } from 'node:stream/consumers'
import { auditCommand } from './command-line/audit.ts'
import { CommandFailed, exitCode, type Command, type ExitCode } from './command-line/command.ts'
import { commentCommand } from './command-line/comment.ts'
import { credentialsCommand } from './command-line/credentials.ts'
import { deliveriesCommand } from './command-line/deliveries.ts'
import { diagnosticsCommand } from './command-line/diagnostics.ts'
import { inspectCommand } from './command-line/inspect.ts'
import { createOutput } from './command-line/output.ts'
import { discardCommand, resolveCommand, retryCommand } from './command-line/person-commands.ts'
import { qualiphyCommand } from './command-line/qualiphy.ts'
import { qubsCommand } from './command-line/qubs.ts'
import { runCommand } from './command-line/run.ts'
import { soloCommand } from './command-line/solo.ts'
import { submitCommand } from './command-line/submit.ts'
import { worklistCommand } from './command-line/worklist.ts'
import { createLog } from './station/log.ts'
import { defaultProfileFolder, pathsIn } from './station/profile.ts'
import { openVault } from './vault/open-vault.ts'

/** Entry of the command line: plain Node, no Electron. Finds the command, runs it, ends with its exit code. */

const commands: readonly Command[] = [
  runCommand,
  worklistCommand,
  deliveriesCommand,
  inspectCommand,
  resolveCommand,
  retryCommand,
  discardCommand,
  submitCommand,
  commentCommand,
  credentialsCommand,
  qubsCommand,
  soloCommand,
  qualiphyCommand,
  auditCommand,
  diagnosticsCommand,
]

const output = createOutput(process.stdout, process.stderr)

async function main(args: readonly string[]): Promise<ExitCode> {
  // Whatever we write is for this account only (Electron checklist 1.4).
  process.umask(0o077)
  const { rest, profileFolder, json, verbose } = takeCommonOptions(args)
  const [name, ...commandArgs] = rest
  const command = commands.find((known) => known.name === name)
  if (command === undefined) {
    const asked = name === undefined || name === 'help' || name === '--help'
    output.say(asked ? helpText() : `There is no command "${name}".\n\n${helpText()}`)
    return asked && name !== undefined ? exitCode.done : exitCode.usage
  }
  if (commandArgs.includes('--help')) {
    output.say(`Usage: radpost ${command.usage}\n${command.summary}`)
    return exitCode.done
  }
  try {
    return await command.run(commandArgs, {
      profileFolder,
      json,
      output,
      vault: openVault(process.env),
      now: Date.now,
      random: Math.random,
      readStandardInput: () => text(process.stdin),
      signal: endSignal(),
    })
  } catch (error) {
    if (error instanceof CommandFailed) {
      output.say(error.message)
      return error.code
    }
    const { logPath } = pathsIn(profileFolder)
    createLog(logPath, Date.now).error('internal', error)
    output.say(`Radpost made a mistake of its own. What happened is in ${logPath}; please report it.`)
    if (verbose && error instanceof Error) output.say(error.stack ?? error.message)
    return exitCode.internal
  }
}

/** `--profile`, `--json` and `--verbose` go with every command, before or after its name. */
function takeCommonOptions(args: readonly string[]) {
  const rest: string[] = []
  let profileFolder = defaultProfileFolder(process.env, process.platform)
  let json = false
  let verbose = false
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? ''
    if (argument === '--json') json = true
    else if (argument === '--verbose') verbose = true
    else if (argument === '--profile') {
      profileFolder = args[index + 1] ?? ''
      index += 1
    } else if (argument.startsWith('--profile=')) profileFolder = argument.slice('--profile='.length)
    else rest.push(argument)
  }
  return { rest, profileFolder, json, verbose }
}

/** The first Ctrl+C ends the work in order; a second one ends the process at once. */
function endSignal(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(exitCode.unresolved)
      controller.abort()
    })
  }
  return controller.signal
}

function helpText(): string {
  const lines = commands.map((command) => `  ${command.usage}\n      ${command.summary}`)
  return `Radpost delivers radiology reports to QUBS.\n\nUsage: radpost [--profile DIR] COMMAND …\n\n${lines.join('\n')}`
}

process.exitCode = await main(process.argv.slice(2))
