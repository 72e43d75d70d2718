import { forgetWebhookKey, keepKeyOf, readWebhookKeys } from '../../solo/webhook-keys.ts'
import type { WebhookFields } from '../../solo/requests.ts'
import { valueOf } from './call-failed.ts'
import type { Handlers, ParsedArgs } from './handlers.ts'
import { createOneAtATime } from './one-at-a-time.ts'
import type { SoloParts, SoloSession } from './solo-sessions.ts'
import { changeOf } from './solo-views.ts'

type WebhookCalls =
  `solo.${'webhooks' | 'createWebhook' | 'updateWebhook' | 'deleteWebhook' | 'keepWebhookKey'}`

/** Webhooks of the tenant, managed from the settings: their keys go to the keychain and nowhere else. */
export function createSoloWebhookHandlers(
  { vault }: Pick<SoloParts, 'vault'>,
  opened: () => Promise<SoloSession>,
): Pick<Handlers, WebhookCalls> {
  const oneAtATime = createOneAtATime('Something is still under way for the webhooks; wait for its outcome.')

  return {
    'solo.webhooks': async () => {
      const { client } = await opened()
      const webhooks = valueOf(await client.listWebhooks())
      const keys = await readWebhookKeys(vault())
      return {
        webhooks: webhooks.map(({ id, endpoint, events }) => ({
          id,
          endpoint,
          events: [...events],
          isKeyKept: Object.hasOwn(keys, id),
        })),
      }
    },
    'solo.createWebhook': (typed) =>
      oneAtATime('webhooks', async () => {
        const { client } = await opened()
        const made = await client.createWebhook(fieldsOf(typed))
        if (!made.ok) {
          const { outcomeKnown, message } = made.failure
          return { kind: outcomeKnown ? 'refused' : 'unknown', message }
        }
        return { kind: 'done', message: (await keepKeyOf(vault(), made.value)).problem }
      }),
    'solo.updateWebhook': ({ id, ...typed }) =>
      oneAtATime('webhooks', async () => {
        const { client } = await opened()
        return changeOf(await client.updateWebhook(id, fieldsOf(typed)))
      }),
    'solo.deleteWebhook': ({ id }) =>
      oneAtATime('webhooks', async () => {
        const { client } = await opened()
        const deleted = await client.deleteWebhook(id)
        if (deleted.ok) await forgetWebhookKey(vault(), id)
        return changeOf(deleted)
      }),
    'solo.keepWebhookKey': async ({ id }) => {
      const { client } = await opened()
      const { problem } = await keepKeyOf(vault(), valueOf(await client.getWebhook(id)))
      return { message: problem }
    },
  }
}

function fieldsOf({ endpoint, events }: ParsedArgs<'solo.createWebhook'>): WebhookFields {
  return { endpoint: endpoint.trim(), events: [...events] }
}
