import { CircleAlert, CircleCheck, Inbox, KeyRound, PlugZap, Trash2 } from 'lucide-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { QualiphySettingsView } from '../../shared/ipc/qualiphy-calls.ts'
import { isAllowedUrl } from '../../shared/settings.ts'
import { useAction, useCall } from '../data/radpost.ts'
import { Button, Glyph, IconButton } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'
import { Section, useDraft } from './section.tsx'

const texts = words.qualiphy.settings

/** What an action does with the settings that it answers with: show them, and say that it is done. */
function useSaved() {
  const client = useQueryClient()
  const announce = useAnnounce()
  return (done: string, then?: () => void) => ({
    onSuccess: (saved: QualiphySettingsView) => {
      client.setQueryData(['qualiphy.settings', {}], saved)
      announce.done(done)
      then?.()
    },
    onError: announce.failed,
  })
}

/** Server, key, and where results come in. The key is typed and never shown. */
export function QualiphySettings(): ReactNode {
  const settings = useCall('qualiphy.settings', {})
  return (
    <Section title={words.qualiphy.title}>
      {settings.isError ? <p className="small soft">{settings.error.message}</p> : null}
      {settings.data === undefined ? null : (
        <>
          <p className="small faint">{texts.intro}</p>
          <ApiKey settings={settings.data} />
          <Addresses settings={settings.data} />
          <ResultsInbox settings={settings.data} />
        </>
      )}
    </Section>
  )
}

type Props = { readonly settings: QualiphySettingsView }

function ApiKey({ settings: { hasKey } }: Props): ReactNode {
  const [apiKey, setApiKey] = useState('')
  const setKey = useAction('qualiphy.setKey')
  const saved = useSaved()
  const test = useAction('qualiphy.test')
  const announce = useAnnounce()
  const store = () =>
    setKey.mutate(
      { apiKey },
      saved(texts.keySaved, () => {
        setApiKey('')
        // The key must not stay behind as the last call's argument.
        setKey.reset()
        test.reset()
      }),
    )
  const remove = () => setKey.mutate({ apiKey: null }, saved(texts.keyRemoved, test.reset))
  return (
    <>
      <TextField
        label={texts.apiKey}
        type="password"
        hint={hasKey ? texts.keyStored : texts.keyMissing}
        value={apiKey}
        onChange={setApiKey}
        maxLength={2_000}
        autoComplete="new-password"
      />
      <div className="button-row">
        <Button icon={KeyRound} isDisabled={apiKey.trim() === ''} isBusy={setKey.isPending} onPress={store}>
          {texts.saveKey}
        </Button>
        <Button
          icon={PlugZap}
          isDisabled={!hasKey}
          isBusy={test.isPending}
          onPress={() => test.mutate({}, { onError: announce.failed })}
        >
          {texts.test}
        </Button>
        {hasKey ? <IconButton icon={Trash2} name={texts.removeKey} onPress={remove} /> : null}
      </div>
      <p className="small" role="status">
        {test.data === undefined ? null : (
          <>
            <Glyph icon={test.data.ok ? CircleCheck : CircleAlert} tone={test.data.ok ? 'good' : 'bad'} />{' '}
            {test.data.message}
          </>
        )}
      </p>
    </>
  )
}

function Addresses({ settings }: Props): ReactNode {
  const [draft, setDraft] = useDraft({
    baseUrl: settings.baseUrl,
    invitePath: settings.invitePath ?? '',
    webhookUrl: settings.webhookUrl ?? '',
  })
  const save = useAction('qualiphy.saveSettings')
  const saved = useSaved()
  const baseUrl = draft.baseUrl.trim()
  const invitePath = draft.invitePath.trim()
  const webhookUrl = draft.webhookUrl.trim()
  const isServerRight = baseUrl === '' || isAllowedUrl(baseUrl)
  const isPathRight = invitePath === '' || /^(\/[\w-]+)+\/?$/.test(invitePath)
  const isWebhookRight = webhookUrl === '' || (URL.canParse(webhookUrl) && /^https:/i.test(webhookUrl))
  const isChanged =
    baseUrl !== settings.baseUrl ||
    invitePath !== (settings.invitePath ?? '') ||
    webhookUrl !== (settings.webhookUrl ?? '')
  return (
    <>
      <div className="field-row">
        <TextField
          label={texts.baseUrl}
          hint={texts.baseUrlHint}
          value={draft.baseUrl}
          onChange={(typed) => setDraft({ ...draft, baseUrl: typed })}
          maxLength={2_000}
          error={isServerRight ? null : texts.baseUrlInvalid}
        />
        <TextField
          label={texts.invitePath}
          hint={texts.invitePathHint}
          value={draft.invitePath}
          onChange={(typed) => setDraft({ ...draft, invitePath: typed })}
          maxLength={500}
          error={isPathRight ? null : texts.invitePathInvalid}
        />
      </div>
      <TextField
        label={texts.webhookUrl}
        hint={texts.webhookUrlHint}
        value={draft.webhookUrl}
        onChange={(typed) => setDraft({ ...draft, webhookUrl: typed })}
        maxLength={2_000}
        error={isWebhookRight ? null : texts.webhookUrlInvalid}
      />
      <div>
        <Button
          isDisabled={!isServerRight || !isPathRight || !isWebhookRight || !isChanged}
          isBusy={save.isPending}
          onPress={() =>
            save.mutate(
              { baseUrl, invitePath: invitePath || null, webhookUrl: webhookUrl || null },
              saved(words.settings.saved),
            )
          }
        >
          {words.settings.save}
        </Button>
      </div>
    </>
  )
}

function ResultsInbox({ settings: { inboxLabel } }: Props): ReactNode {
  const choose = useAction('qualiphy.chooseInbox')
  const remove = useAction('qualiphy.removeInbox')
  const saved = useSaved()
  return (
    <div className="field" role="group" aria-label={texts.inbox}>
      <span className="field-label">{texts.inbox}</span>
      <div className="folder">
        <Glyph icon={Inbox} />
        <span className={inboxLabel === null ? 'faint' : 'strong truncate selectable'}>
          {inboxLabel ?? texts.noInbox}
        </span>
        <Button isBusy={choose.isPending} onPress={() => choose.mutate({}, saved(words.settings.saved))}>
          {texts.chooseInbox}
        </Button>
        {inboxLabel === null ? null : (
          <IconButton
            icon={Trash2}
            name={texts.removeInbox}
            isBusy={remove.isPending}
            onPress={() => remove.mutate({}, saved(words.settings.saved))}
          />
        )}
      </div>
    </div>
  )
}
