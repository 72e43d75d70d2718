import { Keyboard } from 'lucide-react'
import type { ReactNode } from 'react'
import { useNavigation } from '../data/navigation.tsx'
import { boundKeys, useShortcuts } from '../data/shortcuts.ts'
import { Glyph, Key } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { words } from '../words.ts'
import { keysOf, writeKey, type KeyLine } from './table.ts'

/** `?` and a button show the keys that work in the present view. `shown` is held outside: the palette leads here too. */
export function KeyHelp({
  shown,
  setShown,
}: {
  readonly shown: boolean
  readonly setShown: (shown: boolean) => void
}): ReactNode {
  useShortcuts({ '?': () => setShown(true) })
  return (
    <>
      <button type="button" className="side-entry" onClick={() => setShown(true)}>
        <Glyph icon={Keyboard} />
        <span className="side-name">{words.keys.button}</span>
        <Key>?</Key>
      </button>
      {shown ? <KeyDialog onClose={() => setShown(false)} /> : null}
    </>
  )
}

function KeyDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { route } = useNavigation()
  const { inView, everywhere } = keysOf(route.view, boundKeys())
  return (
    <Dialog title={words.keys.title} onClose={onClose}>
      <div className="key-lists">
        <KeyLines title={words.keys.inThisView} lines={inView} />
        <KeyLines title={words.keys.everywhere} lines={everywhere} />
      </div>
      <p className="small faint">{words.keys.hint}</p>
    </Dialog>
  )
}

function KeyLines({
  title,
  lines,
}: {
  readonly title: string
  readonly lines: readonly KeyLine[]
}): ReactNode {
  if (lines.length === 0) return null
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <dl className="key-list">
        {lines.map(({ key, name }) => (
          <div key={key}>
            <dt>
              <Keys of={key} />
            </dt>
            <dd>{name}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** A key as it is pressed, `mod+k` for example. */
export function Keys({ of }: { readonly of: string }): ReactNode {
  return (
    <span className="keys">
      {writeKey(of).map((key) => (
        <Key key={key}>{key}</Key>
      ))}
    </span>
  )
}
