import { randomBytes, randomUUID } from 'node:crypto'
import type { InviteView } from '../../shared/qualiphy.ts'
import type { Settings } from '../../shared/settings.ts'
import type { Http } from '../http/http.ts'
import type { Failure, Result } from '../http/outcome.ts'
import type { DeliveryRecord } from '../journal/records.ts'
import { createQualiphyClient, type QualiphyClient } from '../qualiphy/client.ts'
import { commentTextOf } from '../qualiphy/comment-text.ts'
import { createInvites, type Invites } from '../qualiphy/invites.ts'
import type { QubsClient } from '../qubs/client.ts'
import { local } from '../http/local-failure.ts'
import { readQualiphyCredentials } from '../vault/credentials.ts'
import type { Vault } from '../vault/vault.ts'
import type { Foundation } from './foundation.ts'
import { addComposed, commentPlan, type ComposedParts } from './send-composed.ts'

/** The invites of a profile, on its journal, its vault and the station's way out to servers. */

export type OpenInvitesParts = {
  readonly settings: Pick<Settings, 'qualiphy' | 'retention'>
  readonly foundation: Pick<Foundation, 'journal' | 'seal' | 'vault'>
  readonly http: Http
  readonly now: () => number
  readonly random: () => number
}

/** The client alone, for what touches no invite. */
export function openQualiphy(
  settings: Pick<Settings, 'qualiphy'>,
  vault: Vault,
  http: Http,
  random: () => number,
): QualiphyClient {
  const credentials = () => readQualiphyCredentials(vault)
  return createQualiphyClient({ settings: settings.qualiphy, credentials, http, random })
}

/** Opens them once for each run of a station: see {@link createInvites} for what opening does. */
export function openInvites({ settings, foundation, http, now, random }: OpenInvitesParts): Invites {
  const { journal, seal, vault } = foundation
  return createInvites({
    journal,
    seal,
    now,
    inbox: settings.qualiphy.inbox,
    spoolDays: settings.retention.spoolDays,
    newId: randomUUID,
    newToken: () => randomBytes(24).toString('base64url'),
    client: openQualiphy(settings, vault, http, random),
  })
}

/**
 * Writes a comment (AC) with the link of a sent invite down durably; the station sends it like everything else.
 * Nothing is written where the study is no longer pending, or where the invite has no link.
 */
export async function addInviteComment(
  parts: Pick<ComposedParts, 'foundation' | 'now'> & { readonly server: Pick<QubsClient, 'getPending'> },
  invite: InviteView,
): Promise<Result<DeliveryRecord>> {
  const { link } = invite
  if (link === null) {
    return refused(local('validation', 'no-link', 'Only an invite that was sent has a link to write down.'))
  }
  const pending = await parts.server.getPending(invite.appointmentId)
  if (!pending.ok) return refused(pending.failure)
  const plan = commentPlan(invite, { type: 'AC', text: commentTextOf({ ...invite, link }) }, parts.now())
  return { ...pending, value: await addComposed(parts, plan, []) }
}

function refused(failure: Failure): Result<never> {
  return { ok: false, failure }
}
