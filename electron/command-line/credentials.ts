import { existsSync } from 'node:fs'
import { readSettings } from '../station/settings-file.ts'
import { pathsIn } from '../station/profile.ts'
import {
  clearCredentials,
  parseCredentials,
  storeCredentials,
  type CredentialsTarget,
} from '../vault/credentials.ts'
import {
  exitCode,
  readArguments,
  usageError,
  type Command,
  type CommandContext,
  type ExitCode,
} from './command.ts'
import { testQualiphy } from './qualiphy.ts'
import { asNotStarted, domainOf, practicesOf, settingsOf } from './setting-up.ts'
import { testSolo } from './solo.ts'

const usage = 'credentials set|clear|test qubs|solo|qualiphy [--domain D]'

/** The credentials in the keychain (interfaces.md 7, 8). `set` reads one JSON object from standard input. */
export const credentialsCommand: Command = {
  name: 'credentials',
  usage,
  summary: 'store, remove or test credentials in the keychain; set reads JSON from standard input',
  async run(args, context) {
    const { values, positionals } = readArguments(
      args,
      { domain: { type: 'string' } },
      { min: 2, max: 2, usage },
    )
    const [action, what] = positionals
    if (what !== 'qubs' && what !== 'solo' && what !== 'qualiphy') throw usageError(`Usage: radpost ${usage}`)
    if (action === 'set') return set(context, what, values.domain)
    if (action === 'clear') return clear(context, what, values.domain)
    if (action === 'test') return test(context, what, values.domain)
    throw usageError(`Usage: radpost ${usage}`)
  },
}

type What = CredentialsTarget['what']

async function set(context: CommandContext, what: What, domain: string | undefined): Promise<ExitCode> {
  const text = await context.readStandardInput()
  const stored = (() => {
    switch (what) {
      case 'qubs': {
        const parsed = parseCredentials('qubs', text)
        return parsed.ok
          ? {
              ok: true as const,
              entry: { what, domain: practiceDomain(context, domain), credentials: parsed.credentials },
            }
          : parsed
      }
      case 'solo': {
        const parsed = parseCredentials('solo', text)
        return parsed.ok ? { ok: true as const, entry: { what, credentials: parsed.credentials } } : parsed
      }
      case 'qualiphy': {
        const parsed = parseCredentials('qualiphy', text)
        return parsed.ok ? { ok: true as const, entry: { what, credentials: parsed.credentials } } : parsed
      }
    }
  })()
  if (!stored.ok) throw usageError(stored.message)
  await storeCredentials(context.vault, stored.entry).catch(asNotStarted)
  context.output.say('Stored in the keychain.')
  return exitCode.done
}

async function clear(context: CommandContext, what: What, domain: string | undefined): Promise<ExitCode> {
  const target: CredentialsTarget =
    what === 'qubs' ? { what, domain: practiceDomain(context, domain) } : { what }
  const cleared = await clearCredentials(context.vault, target).catch(asNotStarted)
  context.output.say(cleared ? 'Removed from the keychain.' : 'There was nothing to remove.')
  return exitCode.done
}

/** Token, then the smallest page of the worklist: what an administrator wants to know (api-notes H10). */
async function test(context: CommandContext, what: What, named: string | undefined): Promise<ExitCode> {
  if (what === 'solo') return testSolo(context)
  if (what === 'qualiphy') return testQualiphy(context)
  const settings = settingsOf(context)
  const domain = domainOf(settings, named)
  const practices = practicesOf(settings, context)
  try {
    const answer = await practices.clients.get(domain)?.listPendingPage({ pageSize: 1 })
    if (answer?.ok !== true) {
      context.output.say(answer?.failure.message ?? `There is no practice "${domain}".`)
      if (context.json) context.output.result({ domain, ok: false, kind: answer?.failure.kind ?? null })
      return exitCode.server
    }
    context.output.say(`QUBS accepts the credentials of "${domain}".`)
    if (context.json) context.output.result({ domain, ok: true, kind: null })
    return exitCode.done
  } finally {
    await practices.close()
  }
}

/** Credentials may be stored before there are settings; then the domain must be named. */
function practiceDomain(context: CommandContext, named: string | undefined): string {
  const { settingsPath } = pathsIn(context.profileFolder)
  if (existsSync(settingsPath)) {
    try {
      return domainOf(readSettings(settingsPath), named)
    } catch (error) {
      if (named === undefined) return asNotStarted(error)
    }
  }
  if (named === undefined || named === '') throw usageError('Say which practice with --domain D.')
  return named
}
