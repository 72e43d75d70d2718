import { KeyRound, PlugZap } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import type { CallResult, StationStatus } from '../../shared/ipc.ts'
import { useAction } from '../data/radpost.ts'
import { Button, Glyph } from '../ui/button.tsx'
import { Checkbox } from '../ui/choice.tsx'
import { TextField } from '../ui/field.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'
import { typedPractice, type PracticeDraft } from './practice-check.ts'
import { TestOutcome } from './test-outcome.tsx'

/** What is typed; kept in the memory of this view until it is stored, and never read back. */
export type CredentialsDraft = {
  readonly clientId: string
  readonly clientSecret: string
  /** Kept in memory only, because the keychain does not answer. */
  readonly forSession: boolean
}

/** Client id and secret, and a test of both before anything is stored. */
export function SignInStep({
  practice,
  credentials,
  secrets,
  onChange,
  onBack,
  onNext,
}: {
  readonly practice: PracticeDraft
  readonly credentials: CredentialsDraft
  readonly secrets: StationStatus['secrets']
  readonly onChange: (credentials: CredentialsDraft) => void
  readonly onBack: (() => void) | null
  readonly onNext: () => void
}): ReactNode {
  const test = useAction('setup.testConnection')
  const announce = useAnnounce()
  const [wasAsked, setWasAsked] = useState(false)
  const [outcome, setOutcome] = useState<CallResult<'setup.testConnection'> | null>(null)
  const clientId = credentials.clientId.trim()
  const isComplete = clientId !== '' && credentials.clientSecret !== ''
  const needsSession = secrets !== 'keychain'
  const type = (part: Partial<CredentialsDraft>) => {
    setOutcome(null)
    onChange({ ...credentials, ...part })
  }
  const run = () => {
    setWasAsked(true)
    if (!isComplete) return
    setOutcome(null)
    test.mutate(
      {
        practice: typedPractice(practice),
        credentials: { clientId, clientSecret: credentials.clientSecret },
      },
      { onSuccess: setOutcome, onError: announce.failed },
    )
  }
  const next = () => {
    setWasAsked(true)
    if (isComplete && (!needsSession || credentials.forSession)) onNext()
  }
  return (
    <Form
      className="step"
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault()
        next()
      }}
    >
      <h2>{words.firstRun.signInTitle}</h2>
      <p className="soft small">{words.firstRun.signInDetail}</p>
      <TextField
        label={words.firstRun.clientId}
        value={credentials.clientId}
        onChange={(typed) => type({ clientId: typed })}
        maxLength={500}
        autoFocus
        error={wasAsked && clientId === '' ? words.firstRun.clientIdNeeded : null}
      />
      <TextField
        label={words.firstRun.clientSecret}
        hint={words.firstRun.clientSecretHint}
        type="password"
        autoComplete="off"
        value={credentials.clientSecret}
        onChange={(clientSecret) => type({ clientSecret })}
        maxLength={2_000}
        error={wasAsked && credentials.clientSecret === '' ? words.firstRun.clientSecretNeeded : null}
      />
      <div className="test-row">
        <Button icon={PlugZap} isBusy={test.isPending} onPress={run}>
          {test.isPending ? words.firstRun.testing : words.firstRun.test}
        </Button>
      </div>
      <TestOutcome outcome={outcome} />
      {needsSession ? (
        <div className="session-box">
          <p className="small">
            <Glyph icon={KeyRound} tone="warn" /> {words.firstRun.keychainMissing}
          </p>
          <Checkbox
            label={words.firstRun.forSession}
            hint={words.firstRun.forSessionHint}
            isSelected={credentials.forSession}
            onChange={(forSession) => onChange({ ...credentials, forSession })}
          />
          {wasAsked && !credentials.forSession ? (
            <p className="field-error" role="alert">
              {words.firstRun.forSessionNeeded}
            </p>
          ) : null}
        </div>
      ) : null}
      <div className="step-foot">
        {onBack === null ? null : <Button onPress={onBack}>{words.shell.back}</Button>}
        <Button kind="primary" type="submit">
          {words.firstRun.next}
        </Button>
      </div>
    </Form>
  )
}
