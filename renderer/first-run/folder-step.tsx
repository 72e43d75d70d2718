import { Folder, FolderOpen } from 'lucide-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { CallResult } from '../../shared/ipc.ts'
import { useAction } from '../data/radpost.ts'
import { Button, Glyph } from '../ui/button.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'
import { typedPractice, type PracticeDraft } from './practice-check.ts'
import type { CredentialsDraft } from './sign-in-step.tsx'
import { TestOutcome } from './test-outcome.tsx'

/** The folder, chosen in the system's own dialog; then everything is stored and the station starts. */
export function FolderStep({
  practice,
  credentials,
  knownLabel,
  onBack,
  onDone,
}: {
  readonly practice: PracticeDraft
  readonly credentials: CredentialsDraft
  readonly knownLabel: string | null
  readonly onBack: () => void
  readonly onDone: () => void
}): ReactNode {
  const choose = useAction('setup.chooseFolder')
  const connect = useAction('setup.connect')
  const client = useQueryClient()
  const announce = useAnnounce()
  const [label, setLabel] = useState(knownLabel)
  const [wasAsked, setWasAsked] = useState(false)
  const [outcome, setOutcome] = useState<CallResult<'setup.connect'> | null>(null)
  const pick = () =>
    choose.mutate(
      {},
      {
        onSuccess: ({ folderLabel }) => {
          if (folderLabel !== null) setLabel(folderLabel)
        },
        onError: announce.failed,
      },
    )
  const finish = () => {
    setWasAsked(true)
    if (label === null) return
    setOutcome(null)
    const { clientId, clientSecret, forSession } = credentials
    connect.mutate(
      {
        practice: typedPractice(practice),
        credentials: { clientId: clientId.trim(), clientSecret },
        forSession,
      },
      {
        onSuccess: (result) => {
          setOutcome(result)
          if (!result.ok) return
          void client.invalidateQueries()
          onDone()
        },
        onError: announce.failed,
      },
    )
  }
  return (
    <div className="step">
      <h2>{words.firstRun.folderTitle}</h2>
      <p className="soft small">{words.firstRun.folderDetail}</p>
      <div className="folder">
        <Glyph icon={Folder} />
        <span className={label === null ? 'faint' : 'strong truncate'}>
          {label === null ? words.settings.noFolder : words.firstRun.folderChosen({ label })}
        </span>
        <Button icon={FolderOpen} isBusy={choose.isPending} autoFocus onPress={pick}>
          {label === null ? words.firstRun.chooseFolder : words.firstRun.changeFolder}
        </Button>
      </div>
      {wasAsked && label === null ? (
        <p className="field-error" role="alert">
          {words.firstRun.folderNeeded}
        </p>
      ) : null}
      <TestOutcome outcome={outcome} />
      <div className="step-foot">
        <Button onPress={onBack}>{words.shell.back}</Button>
        <Button kind="primary" isBusy={connect.isPending} onPress={finish}>
          {connect.isPending ? words.firstRun.connecting : words.firstRun.finish}
        </Button>
      </div>
    </div>
  )
}
