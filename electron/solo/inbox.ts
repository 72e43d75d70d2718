import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { isIgnoredName } from '../intake/drop-folder.ts'
import { codeOf } from '../intake/file-error.ts'
import { createInboxFiles, type LookAtFiles } from '../intake/inbox-files.ts'
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

export type SoloInboxProblem = {
  /** Its name in the inbox. */
  readonly file: string
  readonly reason: 'no-keys' | 'not-opened' | 'too-large' | 'unreadable'
  readonly message: string
}

export type SoloInboxLook = {
  /** In the order in which they were read; only hints: read the thing itself through the API (webhook-payload.ts). */
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
export type LookInSoloInbox = (folder: string | undefined, keys: WebhookKeys) => Promise<SoloInboxLook>

/** Remembers between looks what no key has opened (inbox-files.ts), for as long as the keys are the same. */
export function createSoloInbox(): LookInSoloInbox {
  let known: { readonly judgedBy: unknown; readonly lookAt: LookAtFiles<SoloInboxProblem> } | null = null
  return async (folder, keys) => {
    if (folder === undefined) return { hints: [], problems: [], fault: null }
    let names: string[]
    try {
      names = await readdir(folder)
    } catch (error) {
      const fault = `The inbox for Solo's webhooks cannot be read (${codeOf(error) ?? 'unknown error'}); check the folder and its rights.`
      return { hints: [], problems: [], fault }
    }
    const judgedBy = [folder, keys]
    if (known === null || !isDeepStrictEqual(known.judgedBy, judgedBy)) {
      const isFinal = ({ reason }: SoloInboxProblem): boolean => reason !== 'unreadable'
      const unreadable = (file: string): SoloInboxProblem => problem(file, 'unreadable')
      known = { judgedBy, lookAt: createInboxFiles({ unreadable, isFinal }) }
    }
    const hints: WebhookHint[] = []
    const files = names.filter((name) => !isIgnoredName(name))
    const problems = await known.lookAt(folder, files, async (file, sizeBytes) => {
      if (sizeBytes === 0) return 'not-yet'
      if (sizeBytes > MAX_BODY_BYTES) return problem(file, 'too-large')
      const hint = readBody(await readFile(join(folder, file), 'utf8'), keys)
      if (hint === null) return problem(file, Object.keys(keys).length === 0 ? 'no-keys' : 'not-opened')
      hints.push(hint)
      await moveToTaken(folder, file)
      return 'gone'
    })
    return { hints, problems, fault: null }
  }
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
