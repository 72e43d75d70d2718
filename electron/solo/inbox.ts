import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isIgnoredName } from '../intake/drop-folder.ts'
import { codeOf, isFileError } from '../intake/file-error.ts'
import { moveToTaken } from '../intake/taken.ts'
import type { WebhookKeys } from './webhook-keys.ts'
import { openWebhook, type WebhookHint } from './webhook-payload.ts'

/**
 * The folder in which the site's relay drops the bodies of Solo's webhooks, as it received them, one a file: a desktop
 * has no public address of its own (contract 3.8). A relay writes under another ending, such as `.part`, and renames.
 * What could be opened moves to `Taken/`; everything else stays where it is and is said at every look, because its key
 * may still come.
 */

/** Largest body in bytes; a real one has a few hundred. */
export const MAX_BODY_BYTES = 65_536
/** Most files that one look reads; the rest waits for the next. */
const MAX_FILES = 1_000

export type SoloInboxProblem = {
  /** Its name in the inbox. */
  readonly file: string
  readonly reason: 'no-keys' | 'not-opened' | 'too-large' | 'unreadable'
  readonly message: string
}

export type SoloInboxLook = {
  /** In the order of the files' names; only hints: read the thing itself through the API (webhook-payload.ts). */
  readonly hints: readonly WebhookHint[]
  readonly problems: readonly SoloInboxProblem[]
  /** Set where the folder itself cannot be read: one sentence. */
  readonly fault: string | null
}

/** A received body, opened with whichever webhook's key fits; null: with none, or it is no known event. */
export function readBody(body: string, keys: WebhookKeys): WebhookHint | null {
  for (const key of Object.values(keys)) {
    const hint = openWebhook(body, key)
    if (hint !== null) return hint
  }
  return null
}

/** One look into the inbox. Where no inbox is set there is nothing to find. */
export async function lookInSoloInbox(folder: string | undefined, keys: WebhookKeys): Promise<SoloInboxLook> {
  if (folder === undefined) return { hints: [], problems: [], fault: null }
  let names: string[]
  try {
    names = await readdir(folder)
  } catch (error) {
    const fault = `The inbox for Solo's webhooks cannot be read (${codeOf(error) ?? 'unknown error'}); check the folder and its rights.`
    return { hints: [], problems: [], fault }
  }
  const files = names
    .filter((name) => !isIgnoredName(name))
    .toSorted()
    .slice(0, MAX_FILES)
  const hints: WebhookHint[] = []
  const problems: SoloInboxProblem[] = []
  for (const file of files) {
    try {
      const found = await takeIn(folder, file, keys)
      if (found === null) continue
      if ('event' in found) {
        hints.push(found)
        await moveToTaken(folder, file)
      } else problems.push(found)
    } catch (error) {
      if (!isFileError(error)) throw error
      if (codeOf(error) !== 'ENOENT') problems.push(problem(file, 'unreadable'))
    }
  }
  return { hints, problems, fault: null }
}

/** null: no file, or an empty one that is only being made. */
async function takeIn(
  folder: string,
  file: string,
  keys: WebhookKeys,
): Promise<WebhookHint | SoloInboxProblem | null> {
  const path = join(folder, file)
  const stats = await lstat(path)
  if (!stats.isFile() || stats.size === 0) return null
  if (stats.size > MAX_BODY_BYTES) return problem(file, 'too-large')
  const hint = readBody(await readFile(path, 'utf8'), keys)
  return hint ?? problem(file, Object.keys(keys).length === 0 ? 'no-keys' : 'not-opened')
}

const sentences: Readonly<Record<SoloInboxProblem['reason'], string>> = {
  'no-keys':
    'A webhook of Solo arrived, but the key of no webhook is stored; fetch it with "radpost solo webhook ID", or open the webhook in the settings.',
  'not-opened':
    'This file in the Solo inbox opens with no stored key of a webhook, or says nothing that is known; fetch the keys of the webhooks again, or remove it.',
  'too-large': `This file in the Solo inbox has more than ${MAX_BODY_BYTES} bytes; ask whoever runs the relay.`,
  unreadable: 'This file in the Solo inbox cannot be read or moved; check its rights.',
}

function problem(file: string, reason: SoloInboxProblem['reason']): SoloInboxProblem {
  return { file, reason, message: sentences[reason] }
}
