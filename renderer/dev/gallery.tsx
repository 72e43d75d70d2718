import { QueryClientProvider } from '@tanstack/react-query'
import { CircleCheck, Inbox, Send, Trash2, TriangleAlert } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { createClient } from '../data/live.ts'
import { PersonProvider } from '../data/person.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button, Glyph, IconButton, Key, type Tone } from '../ui/button.tsx'
import { Checkbox, Choice, Switch } from '../ui/choice.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { StateLine } from '../ui/delivery-state.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Empty, Loading, LoadFailed } from '../ui/empty.tsx'
import { Facts } from '../ui/facts.tsx'
import { SearchField, TextField } from '../ui/field.tsx'
import { LastDone, MessagesProvider, useAnnounce } from '../ui/messages.tsx'
import { Fold } from '../ui/fold.tsx'
import { PersonFields, usePersonsWord } from '../ui/persons-word.tsx'

/** All of shared/ipc/delivery-view.ts. */
const states = [
  'settling',
  'spooled',
  'queued',
  'sending',
  'waiting',
  'held',
  'delivered',
  'duplicate',
  'discarded',
  'withdrawn',
] as const

/** Every shared component in every state; the theme is the page's. For development and its spec only: it never ships. */
export function Gallery(): ReactNode {
  const [client] = useState(createClient)
  return (
    <QueryClientProvider client={client}>
      <MessagesProvider>
        <PersonProvider>
          <main className="gallery">
            <h1>Components</h1>
            <Buttons />
            <Fields />
            <Choices />
            <States />
            <Places />
            <Messages />
          </main>
        </PersonProvider>
      </MessagesProvider>
    </QueryClientProvider>
  )
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <div className="gallery-row">{children}</div>
    </section>
  )
}

function Buttons(): ReactNode {
  const kinds = ['plain', 'primary', 'quiet', 'danger', 'danger-primary'] as const
  return (
    <>
      {(['normal', 'small'] as const).map((size) => (
        <Group key={size} title={`Buttons, ${size}`}>
          {kinds.map((kind) => (
            <Button key={kind} kind={kind} size={size} icon={Send}>
              {kind}
            </Button>
          ))}
          <Button size={size} isDisabled>
            disabled
          </Button>
          <Button size={size} isBusy>
            busy
          </Button>
          <IconButton size={size} icon={Trash2} name={`icon only, ${size}`} />
          <IconButton size={size} icon={Trash2} name={`disabled icon, ${size}`} isDisabled />
          <CopyButton text="A1" name={`Copy, ${size}`} />
        </Group>
      ))}
      <Group title="Keys">
        <Key>j</Key>
        <Key>Enter</Key>
      </Group>
    </>
  )
}

function Fields(): ReactNode {
  const [text, setText] = useState('Typed')
  const shared = { value: text, onChange: setText }
  return (
    <Group title="Fields">
      <TextField label="Plain" {...shared} />
      <TextField label="With a hint" hint="What is wanted." {...shared} />
      <TextField label="Wrong" error="Say what to do." {...shared} />
      <TextField label="Disabled" isDisabled {...shared} />
      <TextField label="Several lines" lines={3} {...shared} />
      <SearchField label="Search" placeholder="Search" shortcut="/" {...shared} />
      <SearchField
        label="Empty search"
        placeholder="Search"
        shortcut="/"
        value=""
        onChange={() => undefined}
      />
      <Person />
    </Group>
  )
}

function Person(): ReactNode {
  return <PersonFields word={usePersonsWord()} wasAsked suggestions={['Compared', 'Phoned']} />
}

function Choices(): ReactNode {
  const [value, setValue] = useState<'one' | 'two'>('one')
  const [isOn, setIsOn] = useState(true)
  const options = { one: 'One', two: 'Two' } as const
  return (
    <Group title="Choices">
      <Choice label="Segments" options={options} value={value} onChange={setValue} />
      <Choice label="List" look="list" hint="A hint." options={options} value={value} onChange={setValue} />
      <Choice<'one' | 'two'>
        label="Wrong"
        error="Choose one."
        options={options}
        value={null}
        onChange={setValue}
      />
      <Checkbox label="Checkbox" hint="A hint." isSelected={isOn} onChange={setIsOn} />
      <Checkbox label="Empty checkbox" isSelected={!isOn} onChange={() => setIsOn(!isOn)} />
      <Checkbox label="Disabled checkbox" isDisabled isSelected onChange={setIsOn} />
      <Switch label="Switch" hint="A hint." isSelected={isOn} onChange={setIsOn} />
      <Switch label="Switch, off" isSelected={!isOn} onChange={() => setIsOn(!isOn)} />
    </Group>
  )
}

function States(): ReactNode {
  const tones: readonly Tone[] = ['good', 'warn', 'bad', 'active', 'calm']
  return (
    <>
      <Group title="Badges and tones">
        {tones.map((tone) => (
          <Badge key={tone} tone={tone} icon={CircleCheck}>
            {tone}
          </Badge>
        ))}
        {tones.map((tone) => (
          <span key={tone}>
            <Glyph icon={TriangleAlert} tone={tone} /> {tone}
          </span>
        ))}
      </Group>
      <Group title="States of a delivery">
        {states.map((state) => (
          <StateLine key={state} item={{ state, reason: state === 'held' ? 'no-match' : null }} />
        ))}
      </Group>
      <Group title="Facts">
        <Facts
          facts={[
            ['Name', 'Value'],
            ['Longer name of a fact', 'A longer value'],
            ['Missing', null],
          ]}
        />
        <Facts isMono facts={[['Id', 'A104198']]} />
      </Group>
    </>
  )
}

function Places(): ReactNode {
  const [isOpen, setIsOpen] = useState(true)
  return (
    <Group title="Places">
      <Fold title="Folded" level={3} isOpen={isOpen} onChange={setIsOpen}>
        <p>What is in it.</p>
      </Fold>
      <Empty icon={Inbox} title="Empty" detail="What that means." />
      <Loading />
      <LoadFailed error={new Error('One sentence.')} onRetry={() => undefined} />
    </Group>
  )
}

function Messages(): ReactNode {
  const announce = useAnnounce()
  const [opened, setOpened] = useState<'dialog' | 'alert' | 'wide' | null>(null)
  return (
    <Group title="Messages and dialogs">
      <Button onPress={() => announce.done('Done.')}>Tell a success</Button>
      <Button onPress={() => announce.failed(new Error('It failed; do this.'))}>Tell a failure</Button>
      <LastDone otherwise={<span>Nothing was done.</span>} />
      {(['dialog', 'alert', 'wide'] as const).map((kind) => (
        <Button key={kind} onPress={() => setOpened(kind)}>
          {`Open ${kind}`}
        </Button>
      ))}
      {opened === null ? null : (
        <Dialog
          title={`A ${opened}`}
          isAlert={opened === 'alert'}
          isWide={opened === 'wide'}
          onClose={() => setOpened(null)}
        >
          <p>Text of the dialog.</p>
          <div className="dialog-foot">
            <Button kind="primary" onPress={() => setOpened(null)}>
              Well
            </Button>
          </div>
        </Dialog>
      )}
    </Group>
  )
}
