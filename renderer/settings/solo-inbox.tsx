import { CircleAlert, Folder } from 'lucide-react'
import type { ReactNode } from 'react'
import type { SoloHint } from '../../shared/ipc/solo-calls.ts'
import { useNowMs } from '../data/clock.ts'
import { useAction, useCall } from '../data/radpost.ts'
import { writeMoment } from '../format/dates.ts'
import { statusInWords } from '../solo/status-line.tsx'
import { Button, Glyph } from '../ui/button.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'
import { useSoloSettings } from './use-solo-settings.ts'

const texts = words.solo.settings

/** How often the inbox is looked into while this is in sight; what comes meanwhile is told by an event. */
const LOOK_MS = 30_000

/** Where the site's relay drops webhooks, by the last part of its name, and what they told. */
export function SoloInbox({ label }: { readonly label: string | null }): ReactNode {
  const choose = useAction('solo.chooseInbox')
  const remove = useAction('solo.removeInbox')
  const announce = useAnnounce()
  const show = useSoloSettings()
  const done = { onSuccess: show, onError: announce.failed }
  return (
    <div className="field" role="group" aria-label={texts.inbox}>
      <span className="field-label">{texts.inbox}</span>
      <div className="folder">
        <Glyph icon={Folder} />
        <span className="strong truncate selectable">{label ?? texts.noInbox}</span>
        {label === null ? null : (
          <Button isBusy={remove.isPending} onPress={() => remove.mutate({}, done)}>
            {texts.removeInbox}
          </Button>
        )}
        <Button isBusy={choose.isPending} onPress={() => choose.mutate({}, done)}>
          {texts.chooseInbox}
        </Button>
      </div>
      <span className="field-hint">{texts.inboxHint}</span>
      {label === null ? null : <Heard />}
    </div>
  )
}

function Heard(): ReactNode {
  const nowMs = useNowMs()
  const inbox = useCall('solo.inbox', {}, { refetchEveryMs: LOOK_MS })
  if (inbox.isError) return <p role="alert">{inbox.error.message}</p>
  if (inbox.data === undefined) return null
  const { hints, problems } = inbox.data
  return (
    <>
      {problems.map((problem) => (
        <p key={problem} className="small" role="alert">
          <Glyph icon={CircleAlert} tone="bad" /> {problem}
        </p>
      ))}
      <h3>{texts.heard}</h3>
      {hints.length === 0 ? (
        <p className="faint small">{texts.heardNothing}</p>
      ) : (
        <ul className="solo-heard" aria-label={texts.heard}>
          {hints.map((hint, index) => (
            <li key={`${hint.at} ${index}`} className="two-lines">
              <span>{eventInWords(hint)}</span>
              <span className="second-line">{whatWasRead(hint, nowMs)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function eventInWords({ event, visit }: SoloHint): string {
  const name = texts.eventNames[event]
  return visit === null ? name : texts.heardVisit({ number: visit, event: name })
}

/** A webhook is only a hint: what is shown was read from Solo afterwards. */
function whatWasRead({ at, status, message }: SoloHint, nowMs: number): string {
  const time = writeMoment(at, nowMs)
  if (message !== null) return message
  return status === null
    ? texts.heardOnly({ time })
    : texts.heardStatus({ status: statusInWords(status), time })
}
