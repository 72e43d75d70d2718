import { CircleCheck, CircleDashed, Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import type { CallArgs } from '../../shared/ipc.ts'
import type { SoloSettingsView } from '../../shared/ipc/solo-calls.ts'
import { useAction } from '../data/radpost.ts'
import { Badge } from '../ui/badge.tsx'
import { Button, IconButton } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'
import { useSoloSettings } from './use-solo-settings.ts'

type Secret = CallArgs<'solo.setSecret'>['secret']

const texts = words.solo.settings
const secretNames: readonly Secret[] = ['apiKey', 'linkingSecret', 'teamsAuthToken']

/** Which secrets the keychain has. They are typed in and never shown. */
export function SoloSecrets({ secrets }: { readonly secrets: SoloSettingsView['secrets'] }): ReactNode {
  const set = useAction('solo.setSecret')
  const announce = useAnnounce()
  const show = useSoloSettings()
  const [entering, setEntering] = useState<Secret | null>(null)
  const remove = (secret: Secret) =>
    set.mutate(
      { secret, value: null },
      {
        onSuccess: (saved) => {
          show(saved)
          announce.done(texts.removedNow)
        },
        onError: announce.failed,
      },
    )
  return (
    <>
      <ul className="practices">
        {secretNames.map((secret) => {
          const name = texts.secrets[secret]
          const isStored = secrets[secret]
          return (
            <li key={secret}>
              <span className="two-lines">
                <span className="first-line">
                  <span className="strong">{name}</span>
                  <Badge tone={isStored ? 'good' : 'calm'} icon={isStored ? CircleCheck : CircleDashed}>
                    {isStored ? texts.stored : texts.notStored}
                  </Badge>
                </span>
                <span className="second-line">{texts.secretHints[secret]}</span>
              </span>
              <Button
                size="small"
                aria-label={isStored ? texts.replaceNamed({ name }) : texts.enterNamed({ name })}
                onPress={() => setEntering(secret)}
              >
                {isStored ? texts.replace : texts.enter}
              </Button>
              {isStored ? (
                <IconButton
                  icon={Trash2}
                  name={texts.removeNamed({ name })}
                  isBusy={set.isPending}
                  onPress={() => remove(secret)}
                />
              ) : null}
            </li>
          )
        })}
      </ul>
      {entering === null ? null : <SecretDialog secret={entering} onClose={() => setEntering(null)} />}
    </>
  )
}

function SecretDialog({
  secret,
  onClose,
}: {
  readonly secret: Secret
  readonly onClose: () => void
}): ReactNode {
  const set = useAction('solo.setSecret')
  const announce = useAnnounce()
  const show = useSoloSettings()
  const [typed, setTyped] = useState('')
  const [wasAsked, setWasAsked] = useState(false)
  const store = () => {
    setWasAsked(true)
    if (typed.trim() === '' || set.isPending) return
    set.mutate(
      { secret, value: typed },
      {
        onSuccess: (saved) => {
          show(saved)
          announce.done(texts.storedNow)
          onClose()
        },
        onError: announce.failed,
      },
    )
  }
  return (
    <Dialog title={texts.secretTitle({ name: texts.secrets[secret] })} onClose={onClose} isAlert>
      <Form
        className="solo-form"
        onSubmit={(event) => {
          event.preventDefault()
          store()
        }}
      >
        <TextField
          label={texts.secrets[secret]}
          hint={texts.secretHint}
          type="password"
          value={typed}
          onChange={setTyped}
          maxLength={2_000}
          autoFocus
          error={wasAsked && typed.trim() === '' ? texts.secretNeeded : null}
        />
        <div className="dialog-foot">
          <Button onPress={onClose}>{words.shell.cancel}</Button>
          <Button kind="primary" type="submit" isBusy={set.isPending}>
            {texts.store}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
