import { Check } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { StationStatus } from '../../shared/ipc.ts'
import { useNavigation } from '../data/navigation.tsx'
import { useCall } from '../data/radpost.ts'
import { Button, Glyph } from '../ui/button.tsx'
import { Loading } from '../ui/empty.tsx'
import { words } from '../words.ts'
import { DoneStep } from './done-step.tsx'
import { FolderStep } from './folder-step.tsx'
import { newPractice, type PracticeDraft } from './practice-check.ts'
import { PracticeStep } from './practice-step.tsx'
import { SignInStep, type CredentialsDraft } from './sign-in-step.tsx'

const steps = ['practice', 'sign-in', 'folder', 'done'] as const
type Step = (typeof steps)[number]

/**
 * From nothing to the first delivery: practice, credentials, folder. The same steps add a practice later, or, with its
 * `domain`, give one new credentials.
 */
export function FirstRun({
  status,
  domain,
}: {
  readonly status: StationStatus
  readonly domain: string | null
}): ReactNode {
  const settings = useCall('settings.get', {})
  if (settings.isPending && domain !== null) return <Loading />
  const known = settings.data?.practices.find((practice) => practice.domain === domain)
  return (
    <Steps
      status={status}
      known={known ?? null}
      folderLabel={settings.data?.folderLabel ?? status.folderLabel}
    />
  )
}

function Steps({
  status,
  known,
  folderLabel,
}: {
  readonly status: StationStatus
  readonly known: PracticeDraft | null
  readonly folderLabel: string | null
}): ReactNode {
  const { go } = useNavigation()
  const [isFirst] = useState(status.overall === 'not-set-up')
  const [step, setStep] = useState<Step>(known === null ? 'practice' : 'sign-in')
  const [practice, setPractice] = useState<PracticeDraft>(known ?? newPractice)
  const [credentials, setCredentials] = useState<CredentialsDraft>({
    clientId: '',
    clientSecret: '',
    forSession: false,
  })
  return (
    <main className="first-run">
      <div className="first-run-card">
        <header>
          <h1>{isFirst ? words.firstRun.title : words.firstRun.addTitle}</h1>
          <p className="soft">{words.firstRun.intro}</p>
          <StepList step={step} />
        </header>
        {step === 'practice' ? (
          <PracticeStep practice={practice} onChange={setPractice} onNext={() => setStep('sign-in')} />
        ) : step === 'sign-in' ? (
          <SignInStep
            practice={practice}
            credentials={credentials}
            secrets={status.secrets}
            onChange={setCredentials}
            onBack={known === null ? () => setStep('practice') : null}
            onNext={() => setStep('folder')}
          />
        ) : step === 'folder' ? (
          <FolderStep
            practice={practice}
            credentials={credentials}
            knownLabel={folderLabel}
            onBack={() => setStep('sign-in')}
            onDone={() => {
              // Nothing needs the secret any more: it is forgotten here as soon as it is stored.
              setCredentials({ clientId: '', clientSecret: '', forSession: false })
              setStep('done')
            }}
          />
        ) : (
          <DoneStep />
        )}
        {isFirst || step === 'done' ? null : (
          <div className="first-run-leave">
            <Button kind="quiet" onPress={() => go({ view: 'settings' })}>
              {words.shell.cancel}
            </Button>
          </div>
        )}
      </div>
    </main>
  )
}

function StepList({ step }: { readonly step: Step }): ReactNode {
  const current = steps.indexOf(step)
  return (
    <ol className="steps" aria-label={words.firstRun.steps}>
      {steps.map((name, index) => (
        <li
          key={name}
          aria-current={index === current ? 'step' : undefined}
          data-done={index < current ? '' : undefined}
        >
          <span className="step-mark">{index < current ? <Glyph icon={Check} /> : index + 1}</span>
          {words.firstRun.stepNames[name]}
        </li>
      ))}
    </ol>
  )
}
