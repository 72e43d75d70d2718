import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClipboard } from '../../../electron/desktop/desk/clipboard.ts'
import { createDesk, type Desk } from '../../../electron/desktop/desk/desk.ts'
import type { OsUser } from '../../../electron/desktop/desk/idle-lock-keeper.ts'
import { createIpcRegistry } from '../../../electron/desktop/ipc-registry.ts'
import { createMemoryVault } from '../../../electron/vault/memory.ts'
import type { Vault } from '../../../electron/vault/vault.ts'
import {
  calls,
  type CallArgs,
  type CallName,
  type CallResult,
  type Envelope,
  type EventName,
} from '../../../shared/ipc.ts'
import type { Simulator } from '../../simulator/simulator.ts'

/** A desk in a temporary folder, asked as the window asks it: through the contract's own registry. */
export type DeskBench = {
  readonly folder: string
  readonly drop: string
  readonly profile: string
  readonly desk: Desk
  /** Everything that ever crossed to the window: answers and events, as JSON. */
  readonly crossed: string[]
  readonly pushes: { readonly name: EventName; readonly payload: unknown }[]
  readonly opened: string[]
  /** Links that were opened in the browser. */
  readonly openedAddresses: string[]
  /** What the person chooses for an inbox; null: cancels. */
  inbox: string | null
  /** Names that the save dialog proposed. */
  readonly proposed: string[]
  /** What the person answers to the next save dialogs; nothing: cancels. */
  readonly savePaths: string[]
  /** The desk's clock runs ahead of this machine's by so much, in milliseconds. */
  readonly clock: { aheadMs: number }
  readonly bugs: unknown[]
  /** The user of the operating system, and how long nobody has touched the computer (null: it does not say). */
  readonly osUser: { how: 'touch-id' | 'lock-screen' | 'none'; prove: OsUser['prove']; idleMs: number | null }
  /** What the system's clipboard holds. */
  readonly clipboard: { text: string }
  /** What the person chooses in the file dialog from now on. */
  chosenFiles: readonly string[]
  call<Name extends CallName>(name: Name, args: CallArgs<Name>): Promise<Envelope<CallResult<Name>>>
  /** The result, or the test fails with the envelope's sentence. */
  result<Name extends CallName>(name: Name, args: CallArgs<Name>): Promise<CallResult<Name>>
  /** Asks anew after every event until it fits. */
  until<T>(ask: () => Promise<T>, fits: (answer: T) => boolean): Promise<T>
  put(name: string, bytes: Uint8Array): Promise<void>
  /** The first run, as a person goes through it. */
  connect(simulator: Simulator): Promise<void>
  /** Ends this desk and starts another one on the same profile, vault and folder. */
  restart(): Promise<void>
  settingsFile(): Promise<unknown>
  remove(): Promise<void>
}

export const practiceOf = (simulator: Simulator) => ({
  domain: 'acme',
  name: 'Acme Radiology',
  baseUrl: simulator.baseUrl,
  tokenUrl: simulator.tokenUrl,
})

export const credentialsOf = (simulator: Simulator) => {
  const [client] = simulator.clients
  if (client === undefined) throw new Error('The simulator has a client.')
  return { clientId: client.clientId, clientSecret: client.clientSecret }
}

function schemaOf<Name extends CallName>(name: Name): { parse(value: unknown): CallResult<Name> } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one name through two mapped types
  return calls[name].result as unknown as { parse(value: unknown): CallResult<Name> }
}

export async function createDeskBench(vault: Vault = createMemoryVault()): Promise<DeskBench> {
  const folder = await mkdtemp(join(tmpdir(), 'radpost-desk-'))
  const drop = join(folder, 'finished reports')
  const profile = join(folder, 'profile')
  await mkdir(drop)
  const crossed: string[] = []
  const pushes: DeskBench['pushes'] = []
  const opened: string[] = []
  const openedAddresses: string[] = []
  const proposed: string[] = []
  const savePaths: string[] = []
  const clock = { aheadMs: 0 }
  const bugs: unknown[] = []
  const osUser: DeskBench['osUser'] = { how: 'touch-id', prove: async () => 'proved', idleMs: 0 }
  const clipboard = {
    text: '',
    read: () => Promise.resolve(clipboard.text),
    write: async (text: string) => {
      clipboard.text = text
    },
    clear: () => {
      clipboard.text = ''
    },
  }
  const waiting = new Set<() => void>()
  let desk = start()
  let registry = registryOf(desk)

  function start(): Desk {
    return createDesk({
      profileFolder: profile,
      vault,
      host: {
        chooseFolder: (_startingAt, use) => Promise.resolve(use === 'inbox' ? bench.inbox : drop),
        chooseFiles: () => Promise.resolve(bench.chosenFiles),
        openFolder: async (path) => {
          opened.push(path)
        },
        openAddress: async (address) => {
          openedAddresses.push(address)
        },
        chooseSavePath: async (name) => {
          proposed.push(name)
          return savePaths.shift() ?? null
        },
        clipboard: createClipboard(clipboard),
        osUser: {
          how: async () => osUser.how,
          prove: () => osUser.prove(),
        },
        systemIdleMs: () => osUser.idleMs,
        applyDesktopSettings: () => undefined,
      },
      version: '0.0.0-test',
      platform: process.platform,
      hostKind: 'stand-in',
      now: () => Date.now() + clock.aheadMs,
      random: Math.random,
      push(name, payload) {
        crossed.push(JSON.stringify(payload))
        pushes.push({ name, payload })
        waiting.forEach((wake) => wake())
      },
      onStatus: () => undefined,
      onDeliveries: () => undefined,
    })
  }

  function registryOf(of: Desk) {
    return createIpcRegistry({
      handlers: of.handlers,
      clean: (sentence) => of.clean(sentence),
      onBug: (error) => bugs.push(error),
      isLocked: of.lock.isLocked,
    })
  }

  const bench: DeskBench = {
    folder,
    drop,
    profile,
    crossed,
    pushes,
    opened,
    openedAddresses,
    inbox: null,
    proposed,
    savePaths,
    clock,
    bugs,
    clipboard,
    osUser,
    chosenFiles: [],
    get desk() {
      return desk
    },
    async call(name, args) {
      const envelope = await registry.answer(name, args)
      crossed.push(JSON.stringify(envelope))
      if (!envelope.ok) return envelope
      // The registry has parsed it by the schema of its name; parsed again, the schema gives it its type.
      const result: CallResult<typeof name> = schemaOf(name).parse(envelope.result)
      return { ok: true, result }
    },
    async result(name, args) {
      const envelope = await bench.call(name, args)
      if (envelope.ok) return envelope.result
      throw new Error(`${name}: ${envelope.code}: ${envelope.message}`)
    },
    async until(ask, fits) {
      for (;;) {
        const next = Promise.withResolvers<void>()
        waiting.add(next.resolve)
        const answer = await ask()
        if (fits(answer)) {
          waiting.delete(next.resolve)
          return answer
        }
        await next.promise
        waiting.delete(next.resolve)
      }
    },
    put: (name, bytes) => writeFile(join(drop, name), bytes),
    async connect(simulator) {
      await bench.result('setup.chooseFolder', {})
      const connected = await bench.result('setup.connect', {
        practice: practiceOf(simulator),
        credentials: credentialsOf(simulator),
        forSession: false,
      })
      if (!connected.ok) throw new Error(connected.message)
    },
    async restart() {
      await desk.stop()
      desk = start()
      registry = registryOf(desk)
      await desk.start()
    },
    settingsFile: async () => JSON.parse(await readFile(join(profile, 'settings.json'), 'utf8')) as unknown,
    async remove() {
      await desk.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
  await desk.start()
  return bench
}
