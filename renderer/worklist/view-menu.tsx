import {
  Bookmark,
  ChevronDown,
  Pencil,
  Plus,
  RotateCcw,
  Save,
  Star,
  StarOff,
  Trash2,
  Undo2,
  X,
} from 'lucide-react'
import { memo, useState, type ReactNode } from 'react'
import {
  Button as AriaButton,
  Header,
  Menu,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
} from 'react-aria-components'
import { builtInViews, MAX_VIEW_NAME, type Preferences } from '../../shared/preferences.ts'
import { Button, Glyph, IconButton } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { Item } from '../ui/menu.tsx'
import { words } from '../words.ts'
import {
  chooseView,
  deleteView,
  isBuiltIn,
  isChanged,
  nameProblem,
  renameView,
  restoreView,
  saveView,
  updateView,
  type DeletedView,
} from './views.ts'

type Kept = Preferences['worklist']
type MenuProps = { readonly kept: Kept; readonly change: (part: Partial<Kept>) => void }

/** The views: choose one, keep what is shown as one, and what can be done with the chosen one. */
export const ViewMenu = memo(function ViewMenu({ kept, change }: MenuProps): ReactNode {
  const [naming, setNaming] = useState<'new' | 'rename' | null>(null)
  const [deleted, setDeleted] = useState<DeletedView | null>(null)
  const { views: say } = words.worklist
  const changed = isChanged(kept)
  const name = viewName(kept, kept.viewId)
  const own = kept.views.find((view) => view.id === kept.viewId)
  const actions: Readonly<Record<string, () => void>> = {
    save: () => setNaming('new'),
    update: () => change(updateView(kept)),
    rename: () => setNaming('rename'),
    back: () => change(chooseView(kept, kept.viewId)),
    'make-default': () => change({ defaultViewId: kept.viewId }),
    'no-default': () => change({ defaultViewId: null }),
    delete: () => {
      const done = deleteView(kept, kept.viewId)
      if (done === null) return
      change(done.kept)
      setDeleted(done.deleted)
    },
  }
  return (
    <>
      <MenuTrigger>
        <AriaButton
          className="view-choice"
          aria-label={changed ? say.chosenChanged({ name }) : say.chosen({ name })}
        >
          <Glyph icon={Bookmark} />
          <span className="truncate">{name}</span>
          {changed ? <span className="view-changed">{say.changed}</span> : null}
          <Glyph icon={ChevronDown} />
        </AriaButton>
        <Popover className="popover">
          <Menu className="menu" aria-label={say.label} onAction={(key) => actions[String(key)]?.()}>
            <MenuSection
              selectionMode="single"
              disallowEmptySelection
              selectedKeys={[`view:${kept.viewId}`]}
              onSelectionChange={(keys) => {
                const id = keys === 'all' ? undefined : [...keys][0]
                if (id !== undefined) change(chooseView(kept, String(id).slice('view:'.length)))
              }}
            >
              <Header className="menu-header">{say.label}</Header>
              {[...builtInViews, ...kept.views.map((view) => view.id)].map((id) => (
                <Item
                  key={id}
                  id={`view:${id}`}
                  {...(kept.defaultViewId === id ? { count: say.atStart } : {})}
                >
                  {viewName(kept, id)}
                </Item>
              ))}
            </MenuSection>
            <Separator className="menu-separator" />
            <MenuSection aria-label={say.actions}>
              {changed && own !== undefined ? (
                <Item id="update" icon={Save}>
                  {say.update({ name })}
                </Item>
              ) : null}
              {changed ? (
                <Item id="back" icon={RotateCcw}>
                  {say.back({ name })}
                </Item>
              ) : null}
              <Item id="save" icon={Plus}>
                {say.save}
              </Item>
              {kept.defaultViewId === kept.viewId ? (
                <Item id="no-default" icon={StarOff}>
                  {say.noDefault}
                </Item>
              ) : (
                <Item id="make-default" icon={Star}>
                  {say.makeDefault}
                </Item>
              )}
              {own === undefined ? null : (
                <Item id="rename" icon={Pencil}>
                  {say.rename}
                </Item>
              )}
              {own === undefined ? null : (
                <Item id="delete" icon={Trash2}>
                  {say.delete}
                </Item>
              )}
            </MenuSection>
          </Menu>
        </Popover>
      </MenuTrigger>
      <div role="status" className="view-deleted">
        {deleted === null ? null : (
          <>
            <span className="truncate">{say.deleted({ name: deleted.view.name })}</span>
            <Button
              size="small"
              icon={Undo2}
              onPress={() => {
                change(restoreView(kept, deleted))
                setDeleted(null)
              }}
            >
              {say.undo}
            </Button>
            <IconButton icon={X} size="small" name={words.shell.dismiss} onPress={() => setDeleted(null)} />
          </>
        )}
      </div>
      {naming === null ? null : (
        <NameDialog
          kept={kept}
          renamed={naming === 'rename' ? (own ?? null) : null}
          onClose={() => setNaming(null)}
          onName={(given) =>
            change(
              naming === 'rename' && own !== undefined
                ? renameView(kept, own.id, given)
                : saveView(kept, crypto.randomUUID(), given),
            )
          }
        />
      )}
    </>
  )
})

function viewName(kept: Kept, id: string): string {
  if (isBuiltIn(id)) return words.worklist.views.builtIn[id]
  return kept.views.find((view) => view.id === id)?.name ?? words.worklist.views.builtIn.all
}

/** Asks for the name of a view; `renamed` null: of a new one. */
function NameDialog({
  kept,
  renamed,
  onName,
  onClose,
}: {
  readonly kept: Kept
  readonly renamed: Kept['views'][number] | null
  readonly onName: (name: string) => void
  readonly onClose: () => void
}): ReactNode {
  const [name, setName] = useState(renamed?.name ?? '')
  const [wasAsked, setWasAsked] = useState(false)
  const { views: say } = words.worklist
  const problem = nameProblem(kept, name, renamed?.id ?? null)
  return (
    <Dialog title={renamed === null ? say.saveTitle : say.renameTitle} onClose={onClose}>
      <form
        className="view-form"
        onSubmit={(event) => {
          event.preventDefault()
          setWasAsked(true)
          if (problem !== null) return
          onName(name)
          onClose()
        }}
      >
        <TextField
          label={say.name}
          hint={say.nameHint}
          value={name}
          onChange={setName}
          maxLength={MAX_VIEW_NAME}
          autoFocus
          error={wasAsked && problem !== null ? say.nameProblems[problem] : null}
        />
        <div className="dialog-foot">
          <Button onPress={onClose}>{words.shell.cancel}</Button>
          <Button kind="primary" type="submit">
            {renamed === null ? say.saveButton : say.renameButton}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
