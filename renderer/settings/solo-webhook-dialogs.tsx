import { useState, type ReactNode } from 'react'
import type { SoloWebhookItem } from '../../shared/ipc/solo-calls.ts'
import { isAllowedUrl } from '../../shared/settings.ts'
import { soloWebhookEvents, type SoloWebhookEvent } from '../../shared/solo.ts'
import { useEnding } from '../solo/ending.tsx'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/choice.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { words } from '../words.ts'
import { useWrite } from '../solo/use-write.ts'

const texts = words.solo.settings

type Props = {
  readonly onClose: () => void
  /** Something may have changed in Solo. */
  readonly onLook: () => void
}

/** Makes a webhook, or changes one. */
export function WebhookDialog({
  webhook,
  onClose,
  onLook,
}: Props & {
  /** null: a new one. */
  readonly webhook: SoloWebhookItem | null
}): ReactNode {
  const create = useWrite('solo.createWebhook')
  const update = useWrite('solo.updateWebhook')
  const isUnderWay = () => create.isUnderWay() || update.isUnderWay()
  const [endpoint, setEndpoint] = useState(webhook?.endpoint ?? '')
  const [chosen, setChosen] = useState<readonly string[]>(webhook?.events ?? [])
  const [wasAsked, setWasAsked] = useState(false)
  const ending = useEnding(texts.webhookSaved, isUnderWay, { onClose, onLook })
  const isEndpointRight = isAllowedUrl(endpoint.trim())
  const events = soloWebhookEvents.filter((event) => chosen.includes(event))
  const save = () => {
    setWasAsked(true)
    if (!isEndpointRight || events.length === 0) return
    if (webhook === null) create.send({ endpoint, events }, ending.ended)
    else update.send({ id: webhook.id, endpoint, events }, ending.ended)
  }
  const choose = (event: SoloWebhookEvent, isChosen: boolean) =>
    setChosen(isChosen ? [...chosen, event] : chosen.filter((other) => other !== event))
  return (
    <Dialog title={webhook === null ? texts.addTitle : texts.changeTitle} onClose={ending.leave} isAlert>
      {ending.unknown ?? (
        <>
          <TextField
            label={texts.endpoint}
            hint={texts.endpointHint}
            value={endpoint}
            onChange={setEndpoint}
            maxLength={2_000}
            autoFocus
            error={wasAsked && !isEndpointRight ? texts.endpointInvalid : null}
          />
          <fieldset className="webhook-events">
            <legend className="field-label">{texts.events}</legend>
            {soloWebhookEvents.map((event) => (
              <Checkbox
                key={event}
                label={texts.eventNames[event]}
                isSelected={chosen.includes(event)}
                onChange={(isChosen) => choose(event, isChosen)}
              />
            ))}
          </fieldset>
          <p className="field-error" role="alert">
            {ending.problem ?? (wasAsked && events.length === 0 ? texts.eventsNeeded : null)}
          </p>
          <div className="dialog-foot">
            <Button onPress={ending.leave}>{words.shell.cancel}</Button>
            <Button kind="primary" isBusy={create.isPending || update.isPending} onPress={save}>
              {texts.saveWebhook}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  )
}

/** Solo tells nothing any more, and the key goes with it. */
export function DeleteWebhook({
  webhook,
  onClose,
  onLook,
}: Props & { readonly webhook: SoloWebhookItem }): ReactNode {
  const remove = useWrite('solo.deleteWebhook')
  const ending = useEnding(texts.deleted, remove.isUnderWay, { onClose, onLook })
  return (
    <Dialog title={texts.deleteTitle} onClose={ending.leave} isAlert>
      {ending.unknown ?? (
        <>
          <p>{texts.deleteDetail({ endpoint: webhook.endpoint ?? texts.noEndpoint })}</p>
          <p className="field-error" role="alert">
            {ending.problem}
          </p>
          <div className="dialog-foot">
            <Button onPress={ending.leave}>{words.shell.cancel}</Button>
            <Button
              kind="danger-primary"
              isBusy={remove.isPending}
              onPress={() => remove.send({ id: webhook.id }, ending.ended)}
            >
              {texts.deleteConfirm}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  )
}
