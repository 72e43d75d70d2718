import { CircleAlert, CircleCheck, FlaskConical } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { SoloSettingsView } from '../../shared/ipc/solo-calls.ts'
import { isAllowedUrl } from '../../shared/settings.ts'
import { DEFAULT_VISIT_ID, linkHost, visitIdTemplate } from '../../shared/solo.ts'
import { useAction, useCall } from '../data/radpost.ts'
import { Button, Glyph } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'
import { Section, useDraft } from './section.tsx'
import { SoloInbox } from './solo-inbox.tsx'
import { SoloSecrets } from './solo-secrets.tsx'
import { SoloWebhooks } from './solo-webhooks.tsx'
import { useSoloSettings } from './use-solo-settings.ts'

const texts = words.solo.settings

/** Teladoc Health Solo: where it is, what opens it, and its webhooks. */
export function SoloSettings(): ReactNode {
  const settings = useCall('solo.settings', {})
  return (
    <Section title={texts.section}>
      <p className="small soft">{texts.hint}</p>
      {settings.isError ? (
        <p role="alert">{settings.error.message}</p>
      ) : settings.data === undefined ? null : (
        <>
          <Addresses settings={settings.data} />
          <SoloSecrets secrets={settings.data.secrets} />
          {settings.data.secrets.apiKey ? <KeyTest /> : null}
          <SoloInbox label={settings.data.inboxLabel} />
          {settings.data.secrets.apiKey ? <SoloWebhooks /> : null}
        </>
      )}
    </Section>
  )
}

function Addresses({ settings }: { readonly settings: SoloSettingsView }): ReactNode {
  const save = useAction('solo.saveSettings')
  const announce = useAnnounce()
  const show = useSoloSettings()
  const [draft, setDraft] = useDraft({
    baseUrl: settings.baseUrl,
    visitId: settings.visitId ?? '',
    linkHosts: settings.linkHosts.join('\n'),
  })
  const hosts = draft.linkHosts.split('\n').flatMap((line) => line.trim().toLowerCase() || [])
  const problems = {
    baseUrl: isBareAddress(draft.baseUrl.trim()) ? null : texts.baseUrlInvalid,
    visitId: visitIdProblem(draft.visitId.trim(), settings.needsDomain),
    linkHosts:
      hosts.length <= 20 && hosts.every((host) => linkHost.safeParse(host).success)
        ? null
        : texts.linkHostsInvalid,
  }
  const isRight = Object.values(problems).every((problem) => problem === null)
  const isChanged =
    draft.baseUrl.trim() !== settings.baseUrl ||
    draft.visitId.trim() !== (settings.visitId ?? '') ||
    hosts.join('\n') !== settings.linkHosts.join('\n')
  return (
    <>
      <TextField
        label={texts.baseUrl}
        value={draft.baseUrl}
        onChange={(baseUrl) => setDraft({ ...draft, baseUrl })}
        maxLength={2_000}
        error={problems.baseUrl}
      />
      <TextField
        label={texts.visitId}
        hint={texts.visitIdHint({ domain: '{domain}', id: '{appointmentId}', usual: DEFAULT_VISIT_ID })}
        placeholder={DEFAULT_VISIT_ID}
        value={draft.visitId}
        onChange={(visitId) => setDraft({ ...draft, visitId })}
        maxLength={200}
        error={problems.visitId}
      />
      <TextField
        label={texts.linkHosts}
        hint={texts.linkHostsHint}
        value={draft.linkHosts}
        onChange={(linkHosts) => setDraft({ ...draft, linkHosts })}
        lines={2}
        error={problems.linkHosts}
      />
      <div>
        <Button
          isDisabled={!isRight || !isChanged}
          isBusy={save.isPending}
          onPress={() =>
            save.mutate(
              {
                baseUrl: draft.baseUrl,
                visitId: draft.visitId.trim() === '' ? null : draft.visitId,
                linkHosts: hosts,
              },
              {
                onSuccess: (saved) => {
                  show(saved)
                  announce.done(words.settings.saved)
                },
                onError: announce.failed,
              },
            )
          }
        >
          {words.settings.save}
        </Button>
      </div>
    </>
  )
}

function isBareAddress(text: string): boolean {
  return isAllowedUrl(text) && new URL(text).pathname === '/'
}

/** The rule of shared/solo.ts in the field's own words; an empty one is the default. */
function visitIdProblem(typed: string, needsDomain: boolean): string | null {
  if (typed === '') return null
  const parsed = visitIdTemplate.safeParse(typed)
  const [issue] = parsed.error?.issues ?? []
  if (issue !== undefined) return texts.visitIdInvalid({ problem: issue.message })
  return needsDomain && !typed.includes('{domain}') ? texts.visitIdNeedsDomain({ domain: '{domain}' }) : null
}

function KeyTest(): ReactNode {
  const test = useAction('solo.test')
  const announce = useAnnounce()
  const [outcome, setOutcome] = useState<{ readonly ok: boolean; readonly message: string } | null>(null)
  return (
    <>
      <div>
        <Button
          icon={FlaskConical}
          isBusy={test.isPending}
          onPress={() => test.mutate({}, { onSuccess: setOutcome, onError: announce.failed })}
        >
          {texts.test}
        </Button>
      </div>
      <div role="status">
        {outcome === null ? null : (
          <p>
            <Glyph icon={outcome.ok ? CircleCheck : CircleAlert} tone={outcome.ok ? 'good' : 'bad'} />{' '}
            {outcome.message}
          </p>
        )}
      </div>
    </>
  )
}
