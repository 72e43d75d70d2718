import { FileDown, Scale } from 'lucide-react'
import type { Licence } from 'virtual:licences'
import { useEffect, useState, type ReactNode } from 'react'
import { useAction, useCall } from '../data/radpost.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Loading, LoadFailed } from '../ui/empty.tsx'
import { Facts } from '../ui/facts.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'
import { Section } from './section.tsx'

/** What this installation is, and what support may ask for. */
export function About(): ReactNode {
  const about = useCall('about.get', {})
  const save = useAction('about.saveDiagnostics')
  const announce = useAnnounce()
  const [areLicencesShown, setLicencesShown] = useState(false)
  if (about.isError) return <LoadFailed error={about.error} onRetry={() => void about.refetch()} />
  if (about.data === undefined) return null
  const { version, runtime, system, profileLabel, host } = about.data
  return (
    <Section title={words.about.title}>
      <Facts
        facts={[
          [words.about.version, version],
          [words.about.host, words.about.hosts[host]],
          [words.about.runtime, runtime],
          [words.about.system, system],
          [words.about.profile, profileLabel],
        ]}
      />
      <div className="field">
        <div className="about-actions">
          <Button
            icon={FileDown}
            isBusy={save.isPending}
            onPress={() =>
              save.mutate(
                {},
                {
                  onSuccess: ({ saved }) => {
                    if (saved) announce.done(words.about.diagnosticsSaved)
                  },
                  onError: announce.failed,
                },
              )
            }
          >
            {words.about.saveDiagnostics}
          </Button>
          <Button icon={Scale} onPress={() => setLicencesShown(true)}>
            {words.about.showLicences}
          </Button>
        </div>
        <span className="field-hint">{words.about.diagnosticsHint}</span>
      </div>
      {areLicencesShown ? <LicencesDialog onClose={() => setLicencesShown(false)} /> : null}
    </Section>
  )
}

function LicencesDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [licences, setLicences] = useState<readonly Licence[] | null>(null)
  useEffect(() => {
    void import('virtual:licences').then((list) => setLicences(list.default))
  }, [])
  return (
    <Dialog title={words.about.licences} onClose={onClose}>
      <p className="small soft">{words.about.licencesHint}</p>
      {licences === null ? (
        <Loading />
      ) : (
        <div className="licences" role="region" tabIndex={0} aria-label={words.about.licences}>
          <Facts
            facts={licences.map(
              ({ name, version, licence }) => [words.about.licence({ name, version }), licence] as const,
            )}
          />
        </div>
      )}
    </Dialog>
  )
}
