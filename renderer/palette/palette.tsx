import { Search, SearchX } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Modal,
  ModalOverlay,
  SearchField,
} from 'react-aria-components'
import type { StationStatus } from '../../shared/ipc.ts'
import { boundKeys, useShortcuts } from '../data/shortcuts.ts'
import { Keys } from '../keys/key-help.tsx'
import { Glyph } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { words } from '../words.ts'
import { listCommands, type Command } from './command.ts'
import { useCommands, type CommandsAround } from './use-commands.ts'

const MOST_RECENT = 5

/** Ctrl or Cmd+K, and a button. What was used last is kept in memory only, because it names patients. */
export function Palette({
  status,
  showKeys,
  checkFile,
}: {
  readonly status: StationStatus
  readonly showKeys: () => void
  readonly checkFile: () => void
}): ReactNode {
  const [isOpen, setIsOpen] = useState(false)
  const [recent, setRecent] = useState<readonly string[]>([])
  useShortcuts({ 'mod+k': () => setIsOpen(true) })
  const choose = (command: Command) => {
    setIsOpen(false)
    setRecent((former) => [command.id, ...former.filter((id) => id !== command.id)].slice(0, MOST_RECENT))
    command.run()
  }
  return (
    <>
      <button type="button" className="side-entry" onClick={() => setIsOpen(true)}>
        <Glyph icon={Search} />
        <span className="side-name">{words.palette.button}</span>
        <Keys of="mod+k" />
      </button>
      <ModalOverlay isOpen={isOpen} onOpenChange={setIsOpen} isDismissable className="scrim palette-scrim">
        <Modal className="modal palette">
          <Dialog className="palette-dialog" aria-label={words.palette.title}>
            <PaletteBody
              around={{ status, showKeys, checkFile }}
              recent={recent}
              onChoose={choose}
              onClose={() => setIsOpen(false)}
            />
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  )
}

function PaletteBody({
  around,
  recent,
  onChoose,
  onClose,
}: {
  readonly around: CommandsAround
  readonly recent: readonly string[]
  readonly onChoose: (command: Command) => void
  readonly onClose: () => void
}): ReactNode {
  const [typed, setTyped] = useState('')
  const commands = useCommands(around)
  const groups = listCommands(commands, typed, recent)
  return (
    <Autocomplete inputValue={typed} onInputChange={setTyped}>
      <SearchField
        aria-label={words.palette.search}
        className="palette-search"
        autoFocus
        onKeyDown={(event) => {
          const isSameKey = event.key === 'k' && (event.ctrlKey || event.metaKey)
          if (isSameKey || (event.key === 'Escape' && typed === '')) onClose()
          else event.continuePropagation()
        }}
      >
        <Glyph icon={Search} />
        <Input
          className="palette-input"
          role="combobox"
          aria-expanded="true"
          placeholder={words.palette.search}
          spellCheck="false"
        />
      </SearchField>
      <ListBox
        className="palette-list"
        aria-label={words.palette.results}
        items={groups}
        renderEmptyState={() => (
          <Empty icon={SearchX} title={words.palette.none} detail={words.palette.noneDetail} />
        )}
      >
        {({ group, commands: listed }) => (
          <ListBoxSection id={group}>
            <Header className="palette-group">{words.palette.groups[group]}</Header>
            {listed.map((command) => (
              <ListBoxItem
                key={command.id}
                id={`${group} ${command.id}`}
                textValue={command.name}
                className="menu-item"
                onAction={() => onChoose(command)}
              >
                <Glyph icon={command.icon} tone="calm" />
                <span className="palette-name truncate">{command.name}</span>
                {command.detail === undefined ? null : (
                  <span className="palette-detail truncate">{command.detail}</span>
                )}
                {command.key === undefined || !boundKeys().has(command.key) ? null : (
                  <Keys of={command.key} />
                )}
              </ListBoxItem>
            ))}
          </ListBoxSection>
        )}
      </ListBox>
    </Autocomplete>
  )
}
