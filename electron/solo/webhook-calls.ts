import type { Result } from '../http/outcome.ts'
import { one } from '../qubs/calls.ts'
import { webhookSchema, webhookWithKeySchema, type Webhook, type WebhookWithKey } from './answers.ts'
import { checked, type CallOptions, type SoloCaller } from './caller.ts'
import { list } from './lists.ts'
import { path } from './path.ts'
import { webhookFields, type WebhookFields } from './requests.ts'

/** Webhooks (contract 3.8). The key comes with create and get-one only: keep it then (webhook-keys.ts). */
export type WebhookCalls = {
  readonly createWebhook: (webhook: WebhookFields, options?: CallOptions) => Promise<Result<WebhookWithKey>>
  readonly listWebhooks: (options?: CallOptions) => Promise<Result<readonly Webhook[]>>
  readonly getWebhook: (webhookId: string, options?: CallOptions) => Promise<Result<WebhookWithKey>>
  readonly updateWebhook: (
    webhookId: string,
    webhook: WebhookFields,
    options?: CallOptions,
  ) => Promise<Result<Webhook>>
  readonly deleteWebhook: (webhookId: string, options?: CallOptions) => Promise<Result<null>>
}

export function webhookCalls({ read, write, change }: SoloCaller): WebhookCalls {
  return {
    async createWebhook(given, options = {}) {
      const webhook = checked(webhookFields, given)
      if (!webhook.ok) return webhook
      return write(
        { method: 'POST', path: path`webhooks`, body: { kind: 'json', value: webhook.value } },
        options,
        'look at the list of webhooks',
        one(webhookWithKeySchema),
      )
    },
    listWebhooks: (options = {}) =>
      read({ method: 'GET', path: path`webhooks` }, options, list(webhookSchema)),
    getWebhook: (webhookId, options = {}) =>
      read({ method: 'GET', path: path`webhooks/${webhookId}` }, options, one(webhookWithKeySchema)),
    async updateWebhook(webhookId, given, options = {}) {
      const webhook = checked(webhookFields, given)
      if (!webhook.ok) return webhook
      const body = { kind: 'json', value: webhook.value } as const
      return write(
        { method: 'PUT', path: path`webhooks/${webhookId}`, body },
        options,
        'look at the list of webhooks',
        one(webhookSchema),
      )
    },
    deleteWebhook: (webhookId, options = {}) =>
      change(
        { method: 'DELETE', path: path`webhooks/${webhookId}` },
        options,
        'look at the list of webhooks',
      ),
  }
}
