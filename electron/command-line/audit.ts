import { JournalDamaged } from '../journal/database.ts'
import { NothingYet, openFoundationToRead, type Foundation } from '../station/foundation.ts'
import { openProfile } from '../station/profile.ts'
import {
  CommandFailed,
  exitCode,
  readArguments,
  type Command,
  type CommandContext,
  type ExitCode,
} from './command.ts'
import { asNotStarted, withProfileToRead } from './setting-up.ts'

const usage = 'audit [--id ID] [--verify] [--json]'

/** The audit trail, and the proof that it is whole (interfaces.md 7). */
export const auditCommand: Command = {
  name: 'audit',
  usage,
  summary: 'show the audit trail; --verify: prove that it is whole',
  async run(args, context) {
    const { values } = readArguments(
      args,
      { id: { type: 'string' }, verify: { type: 'boolean', default: false } },
      { min: 0, max: 0, usage },
    )
    if (values.verify) return verify(context)
    const entries = await withProfileToRead(context, ({ journal }) =>
      Promise.resolve(journal.audit.entries(values.id)),
    )
    const list = (entries ?? []).map(({ seq, entry }) => ({ seq, ...entry }))
    if (context.json) context.output.result(list)
    else
      context.output.result(
        list.length === 0 ? 'Nothing to show.' : list.map((entry) => JSON.stringify(entry)).join('\n'),
      )
    return exitCode.done
  },
}

/** 0 whole, 3 broken. A journal that is gone or cannot be opened while the keychain knows of one is broken, too. */
async function verify(context: CommandContext): Promise<ExitCode> {
  const fault = await findFault(context)
  if (context.json) context.output.result({ whole: fault === null, fault })
  else
    context.output.result(fault === null ? 'The journal and its audit trail are whole.' : `BROKEN: ${fault}`)
  return fault === null ? exitCode.done : exitCode.unresolved
}

async function findFault(context: CommandContext): Promise<string | null> {
  const profile = openProfile(context.profileFolder)
  let foundation: Foundation
  try {
    foundation = await openFoundationToRead(profile, context.vault, context.now)
  } catch (error) {
    if (error instanceof JournalDamaged) return error.message
    if (!(error instanceof NothingYet)) return asNotStarted(error)
    const head = await context.vault.get(`audit-head:${profile.profileId}`).catch(asNotStarted)
    return head === null ? null : 'The journal is missing, although the keychain knows that there was one.'
  }
  try {
    return foundation.journal.fault(await foundation.keptAuditHead().catch(asNotStarted))
  } catch (error) {
    if (error instanceof CommandFailed) throw error
    return 'The journal cannot be read to its end.'
  } finally {
    await foundation.close()
  }
}
