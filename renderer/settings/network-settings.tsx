import { useQueryClient } from '@tanstack/react-query'
import { FileKey2 } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import type { SettingsView } from '../../shared/ipc.ts'
import { useAction } from '../data/radpost.ts'
import { Button, Glyph } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { TextField } from '../ui/field.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'
import { Section, useDraft, type SectionProps } from './section.tsx'
import { isWholeNumber } from './whole-number.ts'

/** Limits of `worklist.refreshSeconds` (interfaces.md 2). */
const MIN_REFRESH_SECONDS = 5
const MAX_REFRESH_SECONDS = 3_600

/** How often the worklist is read, through which proxy, and which certificates are trusted. */
export function NetworkSettings({ settings, save }: SectionProps): ReactNode {
  const [draft, setDraft, isChanged] = useDraft({
    seconds: String(settings.refreshSeconds),
    kind: kindOf(settings.proxy),
    address: kindOf(settings.proxy) === 'address' ? settings.proxy : '',
  })
  const areSecondsRight = isWholeNumber(draft.seconds, MIN_REFRESH_SECONDS, MAX_REFRESH_SECONDS)
  const address = draft.address.trim()
  const isAddressRight = draft.kind !== 'address' || isHttpAddress(address)
  const proxy = draft.kind === 'address' ? address : draft.kind
  return (
    <Section title={words.settings.sections.network} isUnsaved={isChanged}>
      <TextField
        label={words.settings.refreshSeconds}
        value={draft.seconds}
        onChange={(seconds) => setDraft({ ...draft, seconds })}
        error={areSecondsRight ? null : words.settings.refreshInvalid}
      />
      <Choice
        label={words.settings.proxy}
        options={words.about.proxyOptions}
        value={draft.kind}
        onChange={(kind) => setDraft({ ...draft, kind })}
      />
      {draft.kind === 'address' ? (
        <TextField
          label={words.about.proxyAddress}
          hint={words.about.proxyAddressHint}
          value={draft.address}
          onChange={(typed) => setDraft({ ...draft, address: typed })}
          error={address === '' || isAddressRight ? null : words.about.proxyAddressInvalid}
        />
      ) : null}
      <div>
        <Button
          isDisabled={!areSecondsRight || !isAddressRight || !isChanged}
          onPress={() => save({ refreshSeconds: Number(draft.seconds), proxy })}
        >
          {words.settings.save}
        </Button>
      </div>
      <Certificates label={settings.extraCaLabel} />
    </Section>
  )
}

type ProxyKind = 'system' | 'none' | 'address'

function kindOf(proxy: string): ProxyKind {
  return proxy === 'system' || proxy === 'none' ? proxy : 'address'
}

function isHttpAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

/** The file is chosen in the system's dialog and known here by its name: paths stay in the main process. */
function Certificates({ label }: { readonly label: string | null }): ReactNode {
  const choose = useAction('network.chooseCa')
  const forget = useAction('network.forgetCa')
  const client = useQueryClient()
  const announce = useAnnounce()
  const name = useId()
  const ended = {
    onSuccess: (saved: SettingsView) => {
      client.setQueryData(['settings.get', {}], saved)
      if (saved.extraCaLabel !== label) announce.done(words.settings.saved)
    },
    onError: announce.failed,
  }
  return (
    <div className="field" role="group" aria-labelledby={name}>
      <span className="field-label" id={name}>
        {words.about.ca}
      </span>
      <div className="folder">
        <Glyph icon={FileKey2} />
        <span className={label === null ? 'faint truncate' : 'strong truncate selectable'}>
          {label ?? words.about.noCa}
        </span>
        {label === null ? null : (
          <Button kind="quiet" isBusy={forget.isPending} onPress={() => forget.mutate({}, ended)}>
            {words.about.forgetCa}
          </Button>
        )}
        <Button isBusy={choose.isPending} onPress={() => choose.mutate({}, ended)}>
          {words.about.chooseCa}
        </Button>
      </div>
      <span className="field-hint">{words.about.caHint}</span>
    </div>
  )
}
