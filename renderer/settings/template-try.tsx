import { CircleAlert, RotateCw } from 'lucide-react'
import { useRef, useState, type DragEvent, type ReactNode } from 'react'
import type { DocumentIdentity } from '../../shared/document.ts'
import type { CallResult } from '../../shared/ipc.ts'
import type { SiteTemplate } from '../../shared/site-templates.ts'
import { call } from '../data/radpost.ts'
import { readDropped, type ReadFile } from '../inspect/dropped.ts'
import { FileButton } from '../inspect/file-button.tsx'
import { foundFacts } from '../inspect/found-facts.ts'
import { Button, Glyph } from '../ui/button.tsx'
import { Loading } from '../ui/empty.tsx'
import { Facts } from '../ui/facts.tsx'
import { words } from '../words.ts'
import { marked } from './template-marks.ts'

type Tried =
  | { readonly state: 'none' }
  | { readonly state: 'trying' }
  | { readonly state: 'failed'; readonly message: string }
  | {
      readonly state: 'tried'
      readonly file: ReadFile
      readonly templates: readonly SiteTemplate[]
      readonly found: CallResult<'inspect.templates'>
    }

/** Never rejects: what went wrong is what there is to show. */
async function trial(reading: Promise<ReadFile>, templates: readonly SiteTemplate[]): Promise<Tried> {
  try {
    const file = await reading
    const { name, bytes } = file
    const found = await call('inspect.templates', { name, bytes, templates: [...templates] })
    return { state: 'tried', file, templates, found }
  } catch (error) {
    return { state: 'failed', message: error instanceof Error ? error.message : words.inspect.unreadable }
  }
}

/** Drop a file, see what the built-in rules find and what each template adds. Nothing is kept. */
export function TemplateTry({
  templates,
  nameOf,
}: {
  readonly templates: readonly SiteTemplate[]
  /** What a template is called here. */
  readonly nameOf: (template: SiteTemplate) => string
}): ReactNode {
  const [tried, setTried] = useState<Tried>({ state: 'none' })
  const latest = useRef<Promise<ReadFile> | null>(null)
  const look = async (reading: Promise<ReadFile>) => {
    latest.current = reading
    setTried({ state: 'trying' })
    const next = await trial(reading, templates)
    // Another file may have been dropped in the meantime.
    if (latest.current === reading) setTried(next)
  }
  const take = (files: readonly File[]) => {
    if (files.length > 0) void look(readDropped(files))
  }
  const isStale = tried.state === 'tried' && JSON.stringify(tried.templates) !== JSON.stringify(templates)
  return (
    <section className="template-try" aria-label={words.templates.try}>
      <h3 className="field-label">{words.templates.try}</h3>
      <div
        className="drop-zone"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event: DragEvent) => {
          // Taken here, so that the window does not inspect it as well.
          event.preventDefault()
          take([...event.dataTransfer.files])
        }}
      >
        <p className="small soft">{words.templates.tryHint}</p>
        <FileButton onFiles={take}>{words.templates.chooseFile}</FileButton>
      </div>
      {tried.state === 'trying' ? <Loading /> : null}
      {tried.state === 'failed' ? (
        <p role="alert" className="field-error">
          <Glyph icon={CircleAlert} tone="bad" /> {tried.message}
        </p>
      ) : null}
      {tried.state === 'tried' ? (
        <>
          <h4>{words.templates.tried({ file: tried.file.name })}</h4>
          {isStale ? (
            <div>
              <Button icon={RotateCw} onPress={() => void look(Promise.resolve(tried.file))}>
                {words.shell.tryAgain}
              </Button>
            </div>
          ) : null}
          {tried.found.text === '' ? (
            <p>{tried.found.message === '' ? words.templates.noText : tried.found.message}</p>
          ) : (
            <Result found={tried.found} names={tried.templates.map(nameOf)} />
          )}
        </>
      ) : null}
    </section>
  )
}

function Result({
  found,
  names,
}: {
  readonly found: CallResult<'inspect.templates'>
  readonly names: readonly string[]
}): ReactNode {
  return (
    <>
      <FoundBy
        title={words.templates.byBuiltIn}
        identity={found.builtIn}
        none={words.templates.nothingFound}
      />
      {found.added.map((identity, index) => (
        <FoundBy
          key={names[index] ?? index}
          title={names[index] ?? ''}
          identity={identity}
          none={words.templates.nothingMore}
        />
      ))}
      <div
        className="document-text prose found-text"
        tabIndex={0}
        role="region"
        aria-label={words.templates.text}
      >
        {marked(found.text, found.builtIn, found.added).map((piece, index) =>
          piece.by === null ? (
            piece.text
          ) : (
            <mark key={index} data-by={piece.by}>
              {piece.text}
            </mark>
          ),
        )}
      </div>
    </>
  )
}

/** What one set of rules found, or that it found nothing. */
export function FoundBy({
  title,
  identity,
  none,
}: {
  readonly title: string
  readonly identity: DocumentIdentity
  readonly none: string
}): ReactNode {
  const facts = foundFacts(identity)
  return (
    <section aria-label={title}>
      <h4>{title}</h4>
      {facts.length === 0 ? <p className="small faint">{none}</p> : <Facts facts={facts} />}
    </section>
  )
}
