import { writeFile } from 'node:fs/promises'
import type { Settings } from '../../shared/settings.ts'
import { collectDiagnostics, summarizeJournal } from '../station/diagnostics.ts'
import { openProfile } from '../station/profile.ts'
import { readSettings } from '../station/settings-file.ts'
import { exitCode, readArguments, usageError, type Command, type CommandContext } from './command.ts'
import { practicesOf, withProfileToRead } from './setting-up.ts'
import { codeOf } from '../intake/file-error.ts'

const usage = 'diagnostics --out FILE'

/** A bundle for support: versions, reachability, counts, codes and correlation ids; nothing of a patient. */
export const diagnosticsCommand: Command = {
  name: 'diagnostics',
  usage,
  summary: 'write a bundle for support, without secrets or patient data',
  async run(args, context) {
    const { values } = readArguments(args, { out: { type: 'string' } }, { min: 0, max: 0, usage })
    if (values.out === undefined) throw usageError(`Usage: radpost ${usage}`)
    const settings = settingsOrFault(context)
    const bundle = await bundleOf(settings, context)
    try {
      await writeFile(values.out, `${JSON.stringify(bundle, null, 2)}\n`, { flag: 'wx', mode: 0o600 })
    } catch (error) {
      const code = codeOf(error) ?? 'unknown error'
      throw usageError(
        code === 'EEXIST'
          ? 'The file of --out exists already; choose another name.'
          : `The file of --out cannot be written (${code}).`,
      )
    }
    context.output.say(
      'The bundle is written. It holds no secrets and no patient data; have a look before you send it.',
    )
    return exitCode.done
  },
}

function settingsOrFault(context: CommandContext): Settings | { readonly fault: string } {
  try {
    return readSettings(openProfile(context.profileFolder).settingsPath)
  } catch (error) {
    return { fault: error instanceof Error ? error.name : 'unreadable' }
  }
}

async function bundleOf(settings: Settings | { readonly fault: string }, context: CommandContext) {
  const { vault, now } = context
  const practices = 'fault' in settings ? null : practicesOf(settings, context)
  try {
    const journal = await withProfileToRead(context, (opened) =>
      Promise.resolve(summarizeJournal(opened.journal)),
    ).catch(() => 'The journal could not be opened.')
    return await collectDiagnostics({ settings, vault, practices, journal, now })
  } finally {
    await practices?.close()
  }
}
