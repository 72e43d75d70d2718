import { LibraryBroken, loadKeychainLibrary, type KeychainLibrary } from './keychain.ts'

/**
 * Entry of the small process in which the native keychain library runs (see keychain-client.ts): answers one message
 * by one message until its parent lets go.
 */

export type KeychainRequest = {
  readonly id: number
  readonly call: 'get' | 'set' | 'delete'
  readonly account: string
  /** Empty except for `set`. */
  readonly value: string
}

export type KeychainAnswer =
  | { readonly id: number; readonly ok: true; readonly value: string | boolean | null }
  | { readonly id: number; readonly ok: false; readonly broken: boolean; readonly message: string }

async function carryOut(
  library: KeychainLibrary,
  request: KeychainRequest,
): Promise<string | boolean | null> {
  switch (request.call) {
    case 'get':
      return library.getPassword(request.account)
    case 'set':
      await library.setPassword(request.account, request.value)
      return null
    case 'delete':
      return library.deletePassword(request.account)
  }
}

async function answer(request: KeychainRequest): Promise<KeychainAnswer> {
  try {
    return { id: request.id, ok: true, value: await carryOut(await loadKeychainLibrary(), request) }
  } catch (error) {
    return {
      id: request.id,
      ok: false,
      broken: error instanceof LibraryBroken,
      message: error instanceof Error ? error.message : '',
    }
  }
}

// A call that waits for a prompt holds a thread that no ordinary exit gets past, hence the hard end.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
process.on('message', (request: KeychainRequest) => {
  void answer(request).then((message) => process.send?.(message))
})
