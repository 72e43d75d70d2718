import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf } from '../intake/file-error.ts'
import { createInboxFiles } from '../intake/inbox-files.ts'
import { moveToTaken } from '../intake/taken.ts'
import type { KeyedHash } from './confirmation.ts'
import { examOf, type InviteRecord } from './invite-record.ts'
import type { InviteStore } from './invite-store.ts'
import { readWebhook, type WebhookBody } from './webhook.ts'

/**
 * The folder in which the site's relay drops the bodies of result webhooks, one a file. What belongs to an invite is
 * taken in and moved to `Taken/`; everything else stays where it is and is said, at every look, until somebody
 * removes it.
 */

/** Largest body in bytes: questions and answers of a long exam are a few kilobytes. */
const MAX_BODY_BYTES = 1_048_576

/** What cannot be taken in, and why: `file` is its name in the inbox. */
export type InboxProblem = {
  readonly file: string
  readonly reason: 'malformed' | 'unmatched' | 'tracking' | 'too-large' | 'unreadable'
  readonly message: string
}

export type InboxReport = {
  /** Results that are new since the last look. */
  readonly taken: number
  readonly problems: readonly InboxProblem[]
  /** Set where the folder itself cannot be read: one sentence. */
  readonly fault: string | null
}

export type InboxParts = {
  readonly folder: string | undefined
  readonly store: InviteStore
  readonly hash: KeyedHash
}

/** One look into the inbox. Where no inbox is set there is nothing to find. */
export type LookInInbox = () => Promise<InboxReport>

/** Remembers between looks what nobody can take in (inbox-files.ts). */
export function createInbox(parts: InboxParts): LookInInbox {
  const { folder } = parts
  const lookAt = createInboxFiles<InboxProblem>({
    unreadable: (file) => problem(file, 'unreadable'),
    // The invite of a result may be written down a moment after the result has come.
    isFinal: ({ reason }) => reason !== 'unreadable' && reason !== 'unmatched',
  })
  return async () => {
    if (folder === undefined) return { taken: 0, problems: [], fault: null }
    let names: string[]
    try {
      names = await readdir(folder)
    } catch (error) {
      const fault = `The inbox for Qualiphy results cannot be read (${codeOf(error) ?? 'unknown error'}); check the folder and its rights.`
      return { taken: 0, problems: [], fault }
    }
    let taken = 0
    const problems = await lookAt(folder, names.filter(isBody), async (file, sizeBytes) => {
      if (sizeBytes > MAX_BODY_BYTES) return problem(file, 'too-large')
      const body = readWebhook(await readFile(join(folder, file)))
      if (body.kind !== 'result') return problem(file, body.kind)
      const record = recordOf(parts, body)
      if (record === null) return problem(file, 'unmatched')
      const isNew = examOf(record, body.patientExamId)?.results.at(-1)?.said !== body.said
      if (isNew) {
        const { patientExamId, outcome, said } = body
        parts.store.change(record.id, { type: 'result', patientExamId, result: { outcome, said } })
        taken += 1
      }
      // After it was written down: a crash between the two finds the same result again, which is then no news.
      await moveToTaken(folder, file)
      return 'gone'
    })
    return { taken, problems, fault: null }
  }
}

/** Finished `.json` files: a relay writes under another ending and renames. */
function isBody(name: string): boolean {
  return /^[^.~].*\.json$/iu.test(name)
}

/** The invite with this exam whose token came back: neither alone is enough (contract 5.3). */
function recordOf(
  { store, hash }: InboxParts,
  { patientExamId, token }: Extract<WebhookBody, { kind: 'result' }>,
): InviteRecord | null {
  if (token === null) return null
  const tokenHash = hash('qualiphy-token', token)
  const found = store.all().find((record) => record.tokenHash === tokenHash)
  return found === undefined || examOf(found, patientExamId) === null ? null : found
}

const sentences: Readonly<Record<InboxProblem['reason'], string>> = {
  malformed: 'This file in the Qualiphy inbox is no result that can be read; ask whoever runs the relay.',
  unmatched:
    'This result belongs to no invite that Radpost sent, or does not prove that it does; look it up in the Qualiphy portal.',
  tracking: 'This file is about a prescription on its way and names no exam; pass it on, then remove it.',
  'too-large': `This file in the Qualiphy inbox has more than ${MAX_BODY_BYTES} bytes; ask whoever runs the relay.`,
  unreadable: 'This file in the Qualiphy inbox cannot be read or moved; check its rights.',
}

function problem(file: string, reason: InboxProblem['reason']): InboxProblem {
  return { file, reason, message: sentences[reason] }
}
