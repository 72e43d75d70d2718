import type { ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { words } from '../words.ts'
import { Section, useDraft, type SectionProps } from './section.tsx'

/** Limits of `worklist.refreshSeconds` (interfaces.md 2). */
const MIN_REFRESH_SECONDS = 5
const MAX_REFRESH_SECONDS = 3_600

/** How often the worklist is read, and through which proxy. */
export function NetworkSettings({ settings, save }: SectionProps): ReactNode {
  const [draft, setDraft] = useDraft({ seconds: String(settings.refreshSeconds), proxy: settings.proxy })
  const seconds = Number(draft.seconds)
  const areSecondsRight =
    Number.isInteger(seconds) && seconds >= MIN_REFRESH_SECONDS && seconds <= MAX_REFRESH_SECONDS
  const proxy = draft.proxy.trim()
  const isProxyRight = proxy === 'system' || proxy === 'none' || isHttpAddress(proxy)
  const isChanged = seconds !== settings.refreshSeconds || proxy !== settings.proxy
  return (
    <Section title={words.settings.sections.network}>
      <div className="field-row">
        <TextField
          label={words.settings.refreshSeconds}
          value={draft.seconds}
          onChange={(typed) => setDraft({ ...draft, seconds: typed })}
          error={areSecondsRight ? null : words.settings.refreshInvalid}
        />
        <TextField
          label={words.settings.proxy}
          hint={words.settings.proxyHint}
          value={draft.proxy}
          onChange={(typed) => setDraft({ ...draft, proxy: typed })}
          error={isProxyRight ? null : words.settings.proxyInvalid}
        />
      </div>
      <div>
        <Button
          isDisabled={!areSecondsRight || !isProxyRight || !isChanged}
          onPress={() => save({ refreshSeconds: seconds, proxy })}
        >
          {words.settings.save}
        </Button>
      </div>
    </Section>
  )
}

function isHttpAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}
