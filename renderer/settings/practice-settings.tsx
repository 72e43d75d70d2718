import { CircleCheck, KeyRound, LogIn, Plus, Trash2 } from 'lucide-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { SettingsView } from '../../shared/ipc.ts'
import { useNavigation } from '../data/navigation.tsx'
import { useAction } from '../data/radpost.ts'
import { Badge } from '../ui/badge.tsx'
import { Button, IconButton } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'
import { Section } from './section.tsx'

type Practice = SettingsView['practices'][number]

/** The practices this station delivers to. Credentials are typed anew, never shown. */
export function PracticeSettings({ settings }: { readonly settings: SettingsView }): ReactNode {
  const { go } = useNavigation()
  const [removing, setRemoving] = useState<Practice | null>(null)
  return (
    <Section title={words.settings.sections.practices}>
      <ul className="practices">
        {settings.practices.map((practice) => (
          <li key={practice.domain}>
            <span className="two-lines">
              <span className="first-line">
                <span className="strong truncate">{practice.name}</span>
                {practice.signedIn ? (
                  <Badge tone="good" icon={CircleCheck}>
                    {words.settings.signedIn}
                  </Badge>
                ) : (
                  <Badge tone="bad" icon={LogIn}>
                    {words.settings.signedOut}
                  </Badge>
                )}
              </span>
              <span className="second-line truncate selectable">
                {practice.domain} · {practice.baseUrl}
              </span>
            </span>
            <IconButton
              icon={KeyRound}
              name={words.settings.newCredentials({ name: practice.name })}
              onPress={() => go({ view: 'first-run', domain: practice.domain })}
            />
            <IconButton
              icon={Trash2}
              name={words.settings.removePractice({ name: practice.name })}
              onPress={() => setRemoving(practice)}
            />
          </li>
        ))}
      </ul>
      {settings.practices.map((practice) => (
        <DateOrder key={practice.domain} practice={practice} />
      ))}
      <div>
        <Button icon={Plus} onPress={() => go({ view: 'first-run', domain: null })}>
          {words.settings.addPractice}
        </Button>
      </div>
      {removing === null ? null : <RemoveDialog practice={removing} onClose={() => setRemoving(null)} />}
    </Section>
  )
}

/** How a practice writes a date that could be read either way (interfaces.md 4). */
function DateOrder({ practice }: { readonly practice: Practice }): ReactNode {
  const change = useAction('settings.setDateOrder')
  const client = useQueryClient()
  const announce = useAnnounce()
  return (
    <Choice
      label={words.settings.dateOrder({ name: practice.name })}
      options={words.settings.dateOrderOptions}
      value={practice.dateOrder ?? 'none'}
      onChange={(chosen) =>
        change.mutate(
          { domain: practice.domain, dateOrder: chosen === 'none' ? null : chosen },
          {
            onSuccess: (saved) => {
              client.setQueryData(['settings.get', {}], saved)
              announce.done(words.settings.saved)
            },
            onError: announce.failed,
          },
        )
      }
    />
  )
}

function RemoveDialog({
  practice,
  onClose,
}: {
  readonly practice: Practice
  readonly onClose: () => void
}): ReactNode {
  const remove = useAction('settings.removePractice')
  const client = useQueryClient()
  const announce = useAnnounce()
  return (
    <Dialog title={words.settings.removeTitle({ name: practice.name })} onClose={onClose} isAlert>
      <p>{words.settings.removeDetail}</p>
      <div className="dialog-foot">
        <Button onPress={onClose}>{words.shell.cancel}</Button>
        <Button
          kind="danger-primary"
          isBusy={remove.isPending}
          onPress={() =>
            remove.mutate(
              { domain: practice.domain },
              {
                onSuccess: (saved) => {
                  client.setQueryData(['settings.get', {}], saved)
                  announce.done(words.settings.removed)
                  onClose()
                },
                onError: announce.failed,
              },
            )
          }
        >
          {words.settings.removeConfirm}
        </Button>
      </div>
    </Dialog>
  )
}
