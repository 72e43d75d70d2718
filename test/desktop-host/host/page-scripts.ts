import { createStructuredText } from './structured.ts'

/**
 * What runs inside the page before its own scripts: in the main world the receiving end of `contextBridge`, in the
 * preload's isolated world `require('electron')` and the preload itself. The two worlds share no object but one
 * detached element that travels as the `relatedTarget` of an event under a name that only they know; `detail` of a
 * custom event is cloned on its way from one world to the other.
 */

type Bus = {
  addEventListener(type: string, listener: (event: { detail: never }) => void): void
  dispatchEvent(event: unknown): boolean
}
/** The few members of a page that the scripts use; the test programs are not checked with a browser's library. */
type PageScope = {
  addEventListener(type: string, listener: (event: { relatedTarget: Bus }) => void): void
  removeEventListener(type: string, listener: (event: { relatedTarget: Bus }) => void): void
  dispatchEvent(event: unknown): boolean
  readonly CustomEvent: new (type: string, init: { detail: unknown }) => unknown
  readonly MouseEvent: new (type: string, init: { relatedTarget: Bus }) => unknown
  readonly document: { createElement(name: string): Bus }
  readonly top: unknown
  readonly self: unknown
  [name: string]: unknown
}
type Packed =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'function' | 'promise'; readonly id: number }
  | { readonly kind: 'list'; readonly items: readonly Packed[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [string, Packed])[] }
type Outcome =
  { readonly ok: true; readonly value: Packed } | { readonly ok: false; readonly message: string }

/** Both ends of the bridge are alike: functions go across as numbers, promises as numbers that are settled later. */
function createBridgeEnd(scope: PageScope, bus: Bus, mine: string, theirs: string) {
  const functions = new Map<number, (...args: unknown[]) => unknown>()
  const promises = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let lastId = 0
  let answer: Outcome | undefined

  const say = (what: string, detail: unknown): boolean =>
    bus.dispatchEvent(new scope.CustomEvent(`${theirs}-${what}`, { detail }))
  const hear = (what: string, listener: (detail: never) => void): void =>
    bus.addEventListener(`${mine}-${what}`, (event) => listener(event.detail))
  const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

  function pack(value: unknown): Packed {
    if (typeof value === 'function') {
      lastId += 1
      functions.set(lastId, value as (...args: unknown[]) => unknown)
      return { kind: 'function', id: lastId }
    }
    if (value instanceof Promise) {
      lastId += 1
      const id = lastId
      value.then(
        (result) => say('settle', { id, outcome: { ok: true, value: pack(result) } }),
        (error: unknown) => say('settle', { id, outcome: { ok: false, message: messageOf(error) } }),
      )
      return { kind: 'promise', id }
    }
    if (Array.isArray(value)) return { kind: 'list', items: value.map(pack) }
    if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
      return { kind: 'object', members: Object.entries(value).map(([key, member]) => [key, pack(member)]) }
    return { kind: 'value', value }
  }

  function unpack(packed: Packed): unknown {
    switch (packed.kind) {
      case 'value':
        return packed.value
      case 'list':
        return packed.items.map(unpack)
      case 'object':
        return Object.fromEntries(packed.members.map(([key, member]) => [key, unpack(member)]))
      case 'promise':
        return new Promise((resolve, reject) => promises.set(packed.id, { resolve, reject }))
      case 'function':
        return (...args: unknown[]) => {
          answer = undefined
          say('call', { id: packed.id, args: args.map(pack) })
          const outcome = answer as Outcome | undefined
          answer = undefined
          if (outcome === undefined) throw new Error('The other side of the bridge is gone.')
          if (!outcome.ok) throw new Error(outcome.message)
          return unpack(outcome.value)
        }
    }
  }

  hear('call', ({ id, args }: { id: number; args: Packed[] }) => {
    let outcome: Outcome
    try {
      outcome = { ok: true, value: pack(functions.get(id)?.(...args.map(unpack))) }
    } catch (error) {
      outcome = { ok: false, message: messageOf(error) }
    }
    say('answer', outcome)
  })
  hear('answer', (outcome: Outcome) => {
    answer = outcome
  })
  hear('settle', ({ id, outcome }: { id: number; outcome: Outcome }) => {
    const waiting = promises.get(id)
    promises.delete(id)
    if (outcome.ok) waiting?.resolve(unpack(outcome.value))
    else waiting?.reject(new Error(outcome.message))
  })
  return { pack, unpack, say, hear }
}

function mainWorld(scope: PageScope, secretName: string, bridgeEnd: typeof createBridgeEnd): void {
  if (scope.top !== scope.self) return
  const freeze = (value: unknown): unknown => {
    if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
      for (const member of Object.values(value)) freeze(member)
      Object.freeze(value)
    }
    return value
  }
  const meet = (event: { relatedTarget: Bus }): void => {
    scope.removeEventListener(secretName, meet)
    const end = bridgeEnd(scope, event.relatedTarget, 'page', 'preload')
    end.hear('expose', ({ key, api }: { key: string; api: Packed }) => {
      Object.defineProperty(scope, key, { value: freeze(end.unpack(api)), enumerable: true })
    })
  }
  scope.addEventListener(secretName, meet)
}

type Binding = (text: string) => void
type Wire = ReturnType<typeof createStructuredText>
type IpcListener = (event: unknown, ...args: unknown[]) => void

function isolatedWorld(
  scope: PageScope,
  secretName: string,
  bridgeEnd: typeof createBridgeEnd,
  wire: Wire,
  platform: string,
  preload: (require: unknown, process: unknown, module: unknown, exports: unknown) => void,
): void {
  // As in Electron, frames inside the page get no preload.
  if (scope.top !== scope.self) return
  const toHost = scope['radpostToHost'] as Binding
  delete scope['radpostToHost']
  const bus = scope.document.createElement('i')
  const end = bridgeEnd(scope, bus, 'preload', 'page')
  scope.dispatchEvent(new scope.MouseEvent(secretName, { relatedTarget: bus }))

  const strict = (name: string, target: object): object =>
    new Proxy(target, {
      get(object, property) {
        if (typeof property === 'symbol' || property === 'then' || property in object)
          return Reflect.get(object, property) as unknown
        throw new Error(`The desktop stand-in has no ${name}.${property}.`)
      },
    })

  const invoked = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  const listeners = new Map<string, Set<IpcListener>>()
  let lastId = 0
  scope['radpostFromHost'] = (text: string): void => {
    const message = wire.read(text) as
      | { kind: 'answer'; id: number; ok: boolean; value: unknown; message: string }
      | { kind: 'event'; channel: string; args: unknown[] }
    if (message.kind === 'event') {
      for (const listener of listeners.get(message.channel) ?? [])
        listener({ sender: ipcRenderer, ports: [] }, ...message.args)
      return
    }
    const waiting = invoked.get(message.id)
    invoked.delete(message.id)
    if (message.ok) waiting?.resolve(message.value)
    else waiting?.reject(new Error(message.message))
  }
  const listenTo = (channel: string, listener: IpcListener): unknown => {
    listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener))
    return ipcRenderer
  }
  const stopListening = (channel: string, listener: IpcListener): unknown => {
    listeners.get(channel)?.delete(listener)
    return ipcRenderer
  }
  const ipcRenderer: object = strict('ipcRenderer', {
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        lastId += 1
        toHost(wire.write({ kind: 'invoke', id: lastId, channel, args }))
        invoked.set(lastId, { resolve, reject })
      }),
    send: (channel: string, ...args: unknown[]) => toHost(wire.write({ kind: 'send', channel, args })),
    on: listenTo,
    addListener: listenTo,
    off: stopListening,
    removeListener: stopListening,
    removeAllListeners: (channel: string) => {
      listeners.delete(channel)
      return ipcRenderer
    },
  })
  const electron = strict('electron (in a preload)', {
    contextBridge: strict('contextBridge', {
      exposeInMainWorld: (key: string, api: unknown) => end.say('expose', { key, api: end.pack(api) }),
    }),
    ipcRenderer,
  })
  const require = (name: string): unknown => {
    if (name === 'electron' || name === 'electron/renderer') return electron
    throw new Error(`module not found: ${name}`)
  }
  const process = {
    platform,
    sandboxed: true,
    contextIsolated: true,
    type: 'renderer',
    versions: {},
    env: {},
  }
  const module = { exports: {} }
  preload(require, process, module, module.exports)
}

/** Script for the page's own world; `secretName` must be unguessable and fresh for each page. */
export function mainWorldScript(secretName: string): string {
  return `(${mainWorld.toString()})(globalThis, ${JSON.stringify(secretName)}, ${createBridgeEnd.toString()})`
}

/** Script for the preload's isolated world, with the preload itself in it. */
export function isolatedWorldScript(secretName: string, preloadSource: string): string {
  return `(${isolatedWorld.toString()})(globalThis, ${JSON.stringify(secretName)}, ${createBridgeEnd.toString()}, (${createStructuredText.toString()})(), ${JSON.stringify(process.platform)}, (require, process, module, exports) => {\n${preloadSource}\n})`
}
