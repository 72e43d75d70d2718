import { CircleAlert, CircleCheck, CircleX, ShieldCheck } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { call } from '../data/radpost.ts'
import { DocumentText } from '../document/document-text.tsx'
import { Evidence } from '../needs-you/evidence.tsx'
import { Warnings } from '../needs-you/warnings.tsx'
import { Glyph } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Empty, Loading } from '../ui/empty.tsx'
import { Facts } from '../ui/facts.tsx'
import { words } from '../words.ts'
import { readDropped } from './dropped.ts'
import { foundFacts } from './found-facts.ts'
import { outlookOf, type Inspection } from './outlook.ts'

/** Not kept with the other data: closing the dialog forgets it (design.md 1.5). */
type Looking =
  | { readonly state: 'looking' }
  | { readonly state: 'failed'; readonly message: string }
  | { readonly state: 'seen'; readonly inspection: Inspection }

/** A dry run of what was dropped: what the file is, whose it is, and what would become of it. */
export function InspectDialog({
  files,
  onClose,
}: {
  readonly files: readonly File[]
  readonly onClose: () => void
}): ReactNode {
  const [looking, setLooking] = useState<Looking>({ state: 'looking' })
  useEffect(() => {
    let isClosed = false
    const tell = (next: Looking) => {
      if (!isClosed) setLooking(next)
    }
    readDropped(files)
      .then((file) => call('inspect.file', file))
      .then(
        (inspection) => tell({ state: 'seen', inspection }),
        (error: unknown) =>
          tell({
            state: 'failed',
            message: error instanceof Error ? error.message : words.inspect.unreadable,
          }),
      )
    return () => {
      isClosed = true
    }
  }, [files])
  return (
    <Dialog title={words.inspect.title({ file: files[0]?.name ?? '' })} onClose={onClose} isWide>
      <div className="nothing-sent" role="status">
        <Glyph icon={ShieldCheck} tone="good" />
        <p>
          <strong>{words.inspect.nothingSent}</strong> {words.inspect.nothingSentDetail}
        </p>
      </div>
      {looking.state === 'looking' ? (
        <Loading />
      ) : looking.state === 'failed' ? (
        <div role="alert">
          <Empty icon={CircleAlert} title={looking.message} />
        </div>
      ) : (
        <Seen inspection={looking.inspection} />
      )}
    </Dialog>
  )
}

function Seen({ inspection }: { readonly inspection: Inspection }): ReactNode {
  const { text } = inspection
  return (
    <div className="inspection">
      <div className="inspection-facts" tabIndex={0} role="region" aria-label={words.inspect.verdict}>
        <Verdict inspection={inspection} />
        <Warnings warnings={inspection.warnings} />
        <Found inspection={inspection} />
        <Match inspection={inspection} />
      </div>
      <section className="inspection-text" aria-label={words.inspect.text}>
        <h3>{words.inspect.text}</h3>
        <p className="small faint">{words.inspect.textCounts(countsOf(text))}</p>
        <DocumentText label={words.inspect.text} text={text === '' ? words.inspect.noText : text} />
      </section>
    </div>
  )
}

function Verdict({ inspection }: { readonly inspection: Inspection }): ReactNode {
  const { verdict, reason, message } = inspection
  const isReport = verdict === 'report'
  const outlook = outlookOf(inspection)
  return (
    <section>
      <h3 className="inspection-verdict">
        <Glyph icon={isReport ? CircleCheck : CircleX} tone={isReport ? 'good' : 'bad'} />
        {words.inspect.verdicts[verdict]}
      </h3>
      {reason === null ? null : <p className="strong">{words.needsYou.reasons[reason]}</p>}
      {message === '' ? null : <p className="selectable">{message}</p>}
      <p className="caption faint">{words.inspect.outlook}</p>
      <p>
        {outlook.kind === 'send'
          ? words.inspect.outlooks.send({
              id: outlook.appointmentId,
              status: words.inspect.statusInSentence[outlook.status],
            })
          : outlook.kind === 'hold'
            ? words.inspect.outlooks.hold({ reason: words.deliveries.heldReasons[outlook.reason] })
            : words.inspect.outlooks.unknown}
      </p>
    </section>
  )
}

function Found({ inspection }: { readonly inspection: Inspection }): ReactNode {
  const { kind, status, statusWhy, identifiers } = inspection
  const found = foundFacts(identifiers)
  const labels = words.inspect.facts
  return (
    <section>
      <h3>{words.inspect.found}</h3>
      <Facts
        facts={[
          [labels.kind, kind === null ? words.inspect.noKind : words.deliveries.kinds[kind]],
          [labels.status, status === null ? null : words.inspect.statuses[status]],
          [labels.statusWhy, statusWhy],
          ...found,
        ]}
      />
      {found.length === 0 ? <p className="small faint">{words.inspect.noIdentifiers}</p> : null}
    </section>
  )
}

function Match({ inspection }: { readonly inspection: Inspection }): ReactNode {
  const { match, unmatched, identifiers } = inspection
  return (
    <section>
      <h3>{words.inspect.match}</h3>
      {match === null ? (
        <p>{unmatched ?? words.inspect.notMatched}</p>
      ) : (
        <>
          <p className="selectable">{match.explanation}</p>
          {match.candidates.map((candidate) => (
            <Evidence
              key={`${candidate.domain}/${candidate.appointmentId}`}
              study={candidate}
              identity={identifiers}
            />
          ))}
        </>
      )}
    </section>
  )
}

function countsOf(text: string): { characters: number; words: number; lines: number } {
  return {
    characters: Array.from(text).length,
    words: text.split(/\s+/u).filter((word) => word !== '').length,
    lines: text === '' ? 0 : text.trimEnd().split('\n').length,
  }
}
