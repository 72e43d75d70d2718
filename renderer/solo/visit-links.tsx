import { Copy, ExternalLink, Video } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { CallResult } from '../../shared/ipc.ts'
import type { SoloLinkChoice } from '../../shared/ipc/solo-calls.ts'
import type { SoloLinkType } from '../../shared/solo.ts'
import type { AppointmentKey } from '../../shared/worklist.ts'
import { useCall } from '../data/radpost.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { TextField } from '../ui/field.tsx'
import { Fold } from '../ui/fold.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'
import { useWrite } from './use-write.ts'

type Kind = CallResult<'solo.visit'>['links'][number]

/** The ways into a visit. A link is a login, so it is asked for at each click and never shown. */
export function VisitLinks({
  study,
  kinds,
}: {
  readonly study: AppointmentKey
  readonly kinds: readonly Kind[]
}): ReactNode {
  const [isContextOpen, setContextOpen] = useState(false)
  return (
    <>
      <JoinButton study={study} />
      <ul className="visit-links">
        {kinds
          .filter((kind) => kind !== 'context')
          .map((kind) => (
            <li key={kind}>
              <span className="small">{words.solo.links[kind]}</span>
              <LinkButtons study={study} name={words.solo.links[kind]} link={() => ({ kind })} />
            </li>
          ))}
      </ul>
      {kinds.includes('context') ? (
        <Fold title={words.solo.links.context} level={3} isOpen={isContextOpen} onChange={setContextOpen}>
          <ContextLink study={study} />
        </Fold>
      ) : null}
    </>
  )
}

/** What a radiologist came for. */
export function JoinButton({ study }: { readonly study: AppointmentKey }): ReactNode {
  const open = useWrite('solo.openLink')
  const announce = useAnnounce()
  return (
    <Button
      kind="primary"
      icon={Video}
      isBusy={open.isPending}
      onPress={() =>
        open.send(
          { ...study, link: { kind: 'provider' } },
          { onSuccess: () => announce.done(words.solo.opened), onError: announce.failed },
        )
      }
    >
      {words.solo.join}
    </Button>
  )
}

/** `link` null: something is missing, and the form says what. */
function LinkButtons({
  study,
  name,
  link,
}: {
  readonly study: AppointmentKey
  readonly name: string
  readonly link: () => SoloLinkChoice | null
}): ReactNode {
  const open = useWrite('solo.openLink')
  const copy = useWrite('solo.copyLink')
  const announce = useAnnounce()
  const use = (send: typeof open.send, done: string) => {
    const chosen = link()
    if (chosen === null) return
    send({ ...study, link: chosen }, { onSuccess: () => announce.done(done), onError: announce.failed })
  }
  return (
    <span className="link-buttons">
      <IconButton
        icon={ExternalLink}
        size="small"
        name={words.solo.openNamed({ name })}
        isBusy={open.isPending}
        onPress={() => use(open.send, words.solo.opened)}
      />
      <IconButton
        icon={Copy}
        size="small"
        name={words.solo.copyNamed({ name })}
        isBusy={copy.isPending}
        onPress={() => use(copy.send, words.solo.copied)}
      />
    </span>
  )
}

function ContextLink({ study }: { readonly study: AppointmentKey }): ReactNode {
  const settings = useCall('settings.get', {})
  const [type, setType] = useState<SoloLinkType>('provider')
  const [typed, setTyped] = useState<string | null>(null)
  const [wasAsked, setWasAsked] = useState(false)
  const user = (typed ?? settings.data?.clinician.email ?? '').trim()
  const link = (): SoloLinkChoice | null => {
    setWasAsked(true)
    return user === '' ? null : { kind: 'context', type, user }
  }
  return (
    <>
      <Choice label={words.solo.linkType} options={words.solo.linkTypes} value={type} onChange={setType} />
      <TextField
        label={words.solo.linkUser}
        hint={words.solo.linkUserHint}
        value={typed ?? user}
        onChange={setTyped}
        maxLength={200}
        error={wasAsked && user === '' ? words.solo.linkUserNeeded : null}
      />
      <LinkButtons study={study} name={words.solo.links.context} link={link} />
    </>
  )
}
