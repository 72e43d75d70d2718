import { CircleCheck, KeyRound, Plus, TriangleAlert } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { SoloWebhookItem } from '../../shared/ipc/solo-calls.ts'
import { soloWebhookEvents, type SoloWebhookEvent } from '../../shared/solo.ts'
import { useAction, useCall } from '../data/radpost.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'
import { DeleteWebhook, WebhookDialog } from './solo-webhook-dialogs.tsx'

const texts = words.solo.settings

type Opened =
  | { readonly what: 'save'; readonly webhook: SoloWebhookItem | null }
  | { readonly what: 'delete'; readonly webhook: SoloWebhookItem }

/** What Solo tells the site's relay. */
export function SoloWebhooks(): ReactNode {
  const webhooks = useCall('solo.webhooks', {})
  const [opened, setOpened] = useState<Opened | null>(null)
  const close = () => setOpened(null)
  const look = () => void webhooks.refetch()
  const shown = webhooks.data?.webhooks ?? []
  return (
    <div className="field" role="group" aria-label={texts.webhooks}>
      <span className="field-label">{texts.webhooks}</span>
      {webhooks.isError ? (
        <p role="alert">{webhooks.error.message}</p>
      ) : webhooks.data === undefined ? (
        <p role="status">{words.solo.looking}</p>
      ) : shown.length === 0 ? (
        <p className="faint small">{texts.noWebhooks}</p>
      ) : (
        <ul className="practices">
          {shown.map((webhook) => (
            <WebhookLine key={webhook.id} webhook={webhook} onOpen={setOpened} onLook={look} />
          ))}
        </ul>
      )}
      <div>
        <Button icon={Plus} onPress={() => setOpened({ what: 'save', webhook: null })}>
          {texts.addWebhook}
        </Button>
      </div>
      {opened?.what === 'save' ? (
        <WebhookDialog webhook={opened.webhook} onClose={close} onLook={look} />
      ) : null}
      {opened?.what === 'delete' ? (
        <DeleteWebhook webhook={opened.webhook} onClose={close} onLook={look} />
      ) : null}
    </div>
  )
}

function WebhookLine({
  webhook,
  onOpen,
  onLook,
}: {
  readonly webhook: SoloWebhookItem
  readonly onOpen: (opened: Opened) => void
  readonly onLook: () => void
}): ReactNode {
  const keep = useAction('solo.keepWebhookKey')
  const announce = useAnnounce()
  const endpoint = webhook.endpoint ?? texts.noEndpoint
  const fetchKey = () =>
    keep.mutate(
      { id: webhook.id },
      {
        onSuccess: ({ message }) => {
          if (message === null) announce.done(texts.keyFetched)
          else announce.failed(new Error(message))
          onLook()
        },
        onError: announce.failed,
      },
    )
  return (
    <li className="webhook">
      <span className="two-lines">
        <span className="first-line">
          <span className="strong truncate selectable">{endpoint}</span>
          {webhook.isKeyKept ? (
            <Badge tone="good" icon={CircleCheck}>
              {texts.keyKept}
            </Badge>
          ) : (
            <Badge tone="warn" icon={TriangleAlert}>
              {texts.keyMissing}
            </Badge>
          )}
        </span>
        <span className="second-line">{webhook.events.map(eventName).join(', ')}</span>
      </span>
      <span className="solo-acts">
        {webhook.isKeyKept ? null : (
          <Button
            size="small"
            icon={KeyRound}
            isBusy={keep.isPending}
            aria-label={texts.fetchKeyNamed({ endpoint })}
            onPress={fetchKey}
          >
            {texts.fetchKey}
          </Button>
        )}
        <Button
          size="small"
          aria-label={texts.changeNamed({ endpoint })}
          onPress={() => onOpen({ what: 'save', webhook })}
        >
          {texts.changeWebhook}
        </Button>
        <Button
          size="small"
          kind="danger"
          aria-label={texts.deleteNamed({ endpoint })}
          onPress={() => onOpen({ what: 'delete', webhook })}
        >
          {texts.deleteWebhook}
        </Button>
      </span>
    </li>
  )
}

export function isWebhookEvent(event: string): event is SoloWebhookEvent {
  return soloWebhookEvents.some((known) => known === event)
}

function eventName(event: string): string {
  return isWebhookEvent(event) ? texts.eventNames[event] : event
}
