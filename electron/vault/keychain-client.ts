import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { LibraryBroken, type KeychainLibrary } from './keychain.ts'
import type { KeychainRequest } from './keychain-process.ts'

/**
 * The native keychain library in a process of its own, for hosts that are plain Node. A keychain call that waits for a
 * prompt on a machine without a screen never returns and would keep this process from ending; a crash inside
 * libsecret would end the station. The helper is started on demand, killed when it is given up, and let go when it
 * has been idle for a moment. Secrets go through the private pipe between the two processes and nowhere else.
 */

const answerSchema = z.discriminatedUnion('ok', [
  z.object({ id: z.int(), ok: z.literal(true), value: z.union([z.string(), z.boolean(), z.null()]) }),
  z.object({ id: z.int(), ok: z.literal(false), broken: z.boolean(), message: z.string() }),
])

type Value = string | boolean | null
type Pending = { readonly resolve: (value: Value) => void; readonly reject: (error: Error) => void }

export type KeychainClientOptions = {
  /** Environment of the helper; default: this process' own. */
  readonly environment?: NodeJS.ProcessEnv
  /** How long an idle helper stays, in milliseconds. */
  readonly idleMs?: number
}

// The compiler rewrites the extensions of imports but not of addresses: the helper has this file's own extension.
const helperPath = fileURLToPath(
  new URL(`./keychain-process${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`, import.meta.url),
)

/** The library by way of a helper process. Nothing is started before the first call. */
export function createKeychainClient(options: KeychainClientOptions = {}): KeychainLibrary {
  const { environment = process.env, idleMs = 1_000 } = options
  const pending = new Map<number, Pending>()
  let helper: ChildProcess | null = null
  let idleTimer: NodeJS.Timeout | undefined
  let lastId = 0

  function failAll(message: string): void {
    const waiting = [...pending.values()]
    pending.clear()
    for (const { reject } of waiting) reject(new LibraryBroken(message))
  }

  function start(): ChildProcess {
    const child = fork(helperPath, [], {
      // libsecret's messages are sorted by their English words.
      env: { ...environment, LC_ALL: 'C' },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    child.on('message', (message) => {
      const answer = answerSchema.safeParse(message)
      const asked = answer.success ? pending.get(answer.data.id) : undefined
      if (!answer.success || asked === undefined) return
      pending.delete(answer.data.id)
      if (answer.data.ok) asked.resolve(answer.data.value)
      else
        asked.reject(
          answer.data.broken ? new LibraryBroken(answer.data.message) : new Error(answer.data.message),
        )
      if (pending.size === 0) rest(child)
    })
    const lost = (): void => {
      // A helper that was given up already has nothing to do with the calls of its successor.
      if (helper !== child) return
      helper = null
      failAll('the keychain helper ended before it answered')
    }
    child.on('error', lost)
    child.on('exit', lost)
    return child
  }

  /** Does not keep this process alive any more, and ends the helper unless a call comes soon. */
  function rest(child: ChildProcess): void {
    child.unref()
    child.channel?.unref()
    clearTimeout(idleTimer)
    idleTimer = setTimeout(() => {
      if (helper === child) helper = null
      if (child.connected) child.disconnect()
    }, idleMs)
    idleTimer.unref()
  }

  function ask(request: Omit<KeychainRequest, 'id'>): Promise<Value> {
    clearTimeout(idleTimer)
    helper ??= start()
    const child = helper
    child.ref()
    child.channel?.ref()
    lastId += 1
    const id = lastId
    return new Promise((resolve, reject) => {
      pending.set(id, { resolve, reject })
      child.send({ ...request, id } satisfies KeychainRequest, (error) => {
        if (error !== null && pending.delete(id))
          reject(new LibraryBroken('the keychain helper does not listen'))
      })
    })
  }

  return {
    getPassword: async (account) => {
      const value = await ask({ call: 'get', account, value: '' })
      return typeof value === 'string' ? value : null
    },
    setPassword: async (account, value) => {
      await ask({ call: 'set', account, value })
    },
    deletePassword: async (account) => (await ask({ call: 'delete', account, value: '' })) === true,
    abandon() {
      const child = helper
      helper = null
      child?.kill('SIGKILL')
      failAll('the keychain helper was given up')
    },
  }
}
