import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readAudit } from '../journal/audit-words.ts'
import { JournalTooNew } from '../journal/database.ts'
import { NothingYet, openFoundationToRead, type Foundation } from '../station/foundation.ts'
import { openProfile, type Profile } from '../station/profile.ts'
import { readAuditHead } from '../vault/audit-head.ts'
import { VaultError } from '../vault/vault.ts'
import { exitCode, readArguments, type Command, type CommandContext, type ExitCode } from './command.ts'
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
      Promise.resolve(readAudit(journal, { id: values.id, withWords: true })),
    )
    const list = entries ?? []
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
    if (error instanceof VaultError || error instanceof JournalTooNew) return asNotStarted(error)
    if (!(error instanceof NothingYet)) return 'The journal is damaged and cannot be opened.'
    if (existsSync(profile.journalPath))
      return 'The keys of the journal are missing, so it cannot be checked.'
    return (await isHeadKept(profile, context).catch(asNotStarted))
      ? 'The journal is missing, although there was one.'
      : null
  }
  try {
    return await foundation.fault()
  } catch (error) {
    if (error instanceof VaultError) return asNotStarted(error)
    return 'The journal cannot be read to its end.'
  } finally {
    await foundation.close()
  }
}

/** Where the head of a former journal would be: in the keychain, or sealed in the profile of a service without one. */
async function isHeadKept(profile: Profile, { vault }: CommandContext): Promise<boolean> {
  const answer = await readAuditHead(vault, profile.profileId)
  return answer.kept ? answer.head !== null : existsSync(join(profile.folder, 'audit-head'))
}
