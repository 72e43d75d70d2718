import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createKeychainClient } from '../../../electron/vault/keychain-client.ts'
import { createKeychainVault } from '../../../electron/vault/keychain.ts'
import { loadOrCreateKey } from '../../../electron/vault/keys.ts'
import type { Vault } from '../../../electron/vault/vault.ts'
import {
  homeEnvironment,
  missingForSecretService,
  startBus,
  startKeyring,
} from '../../setup/secret-service.mjs'

const missing = missingForSecretService()
const reason = missing.length === 0 ? '' : ` (skipped here: no ${missing.join(', no ')})`
const run = promisify(execFile)
const otherProcess = fileURLToPath(new URL('./other-process.ts', import.meta.url))

let folder = ''
let cleanUp: (() => Promise<void>)[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'radpost-keyring-'))
})
afterEach(async () => {
  for (const step of cleanUp.toReversed()) await step()
  cleanUp = []
  rmSync(folder, { recursive: true })
})

/** A session with a bus of its own; nothing of the machine's real session is left in it. */
function environmentOf(address: string | null): NodeJS.ProcessEnv {
  const { DBUS_SESSION_BUS_ADDRESS: _, DISPLAY: __, WAYLAND_DISPLAY: ___, ...rest } = process.env
  return {
    ...rest,
    ...homeEnvironment(join(folder, 'home')),
    ...(address === null ? {} : { DBUS_SESSION_BUS_ADDRESS: address }),
  }
}

async function bus(services: Record<string, string> = {}): Promise<string> {
  const started = await startBus({ folder, services })
  cleanUp.push(started.stop)
  return started.address
}

/** Starts a keyring, gives a way to end it before the test does. */
async function keyring(address: string, locked = false): Promise<() => Promise<void>> {
  const started = await startKeyring({ address, home: join(folder, 'home'), locked })
  cleanUp.push(started.stop)
  return started.stop
}

function vaultIn(environment: NodeJS.ProcessEnv, timeLimitMs = 15_000): Vault {
  const library = createKeychainClient({ environment, idleMs: 0 })
  cleanUp.push(() => Promise.resolve(library.abandon()))
  return createKeychainVault({ library, timeLimitMs })
}

/** A vault of another process in the same session. */
async function elsewhere(environment: NodeJS.ProcessEnv, ...task: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [otherProcess, ...task], { env: environment })
  return stdout
}

describe.skipIf(missing.length > 0)(`a real Secret Service${reason}`, () => {
  it('keeps, gives back, replaces and deletes a secret', async () => {
    const address = await bus()
    await keyring(address)
    const vault = vaultIn(environmentOf(address))
    expect(await vault.get('qubs:acme')).toBeNull()
    const secret = '{"clientId":"ü","clientSecret":"a\\"b\\n漢"}'
    await vault.set('qubs:acme', secret)
    expect(await vault.get('qubs:acme')).toBe(secret)
    await vault.set('qubs:acme', 'x'.repeat(2_500))
    expect(await vault.get('qubs:acme')).toBe('x'.repeat(2_500))
    expect(await vault.get('qubs:other')).toBeNull()
    expect(await vault.delete('qubs:acme')).toBe(true)
    expect(await vault.delete('qubs:acme')).toBe(false)
    expect(await vault.get('qubs:acme')).toBeNull()
  })

  it('refuses what is longer than a keychain entry', async () => {
    const address = await bus()
    await keyring(address)
    const vault = vaultIn(environmentOf(address))
    await expect(vault.set('solo:apiKey', 'x'.repeat(2_501))).rejects.toThrow('takes at most 2500')
    expect(await vault.get('solo:apiKey')).toBeNull()
  })

  it('shows one process what another one stored, and lets many write at once', async () => {
    const address = await bus()
    await keyring(address)
    const environment = environmentOf(address)
    const domains = ['a', 'b', 'c', 'd']
    await Promise.all(domains.map((domain) => elsewhere(environment, 'set', domain, `of ${domain}`)))
    const vault = vaultIn(environment)
    for (const domain of domains) expect(await vault.get(`qubs:${domain}`)).toBe(`of ${domain}`)
    await vault.set('qubs:a', 'new')
    expect(await elsewhere(environment, 'get', 'a')).toBe('new')
  })

  it('gives one key to processes that create it at the same time', async () => {
    const address = await bus()
    await keyring(address)
    const environment = environmentOf(address)
    const keys = await Promise.all([1, 2, 3].map(() => elsewhere(environment, 'key', 'p1')))
    expect(keys[0]).toMatch(/^[0-9a-f]{64}$/u)
    expect(new Set(keys).size).toBe(1)
    const own = await loadOrCreateKey(vaultIn(environment), 'seal:p1')
    expect(Buffer.from(own).toString('hex')).toBe(keys[0])
  })

  it('that is locked says so, for a secret that is there as for one that is not', async () => {
    const address = await bus()
    const end = await keyring(address)
    const environment = environmentOf(address)
    await vaultIn(environment).set('seal:p1', 'kept')
    await end()
    const endLocked = await keyring(address, true)
    const vault = vaultIn(environment)
    const locked = {
      name: 'VaultError',
      reason: 'denied',
      message: expect.stringContaining('Unlock the login keyring'),
    }
    await expect(vault.get('seal:p1')).rejects.toMatchObject(locked)
    await expect(vault.get('seal:p2')).rejects.toMatchObject(locked)
    await expect(vault.delete('seal:p1')).rejects.toMatchObject(locked)
    await expect(vault.set('seal:p1', 'other')).rejects.toMatchObject(locked)
    await expect(loadOrCreateKey(vault, 'seal:p1')).rejects.toMatchObject(locked)
    await endLocked()
    await keyring(address)
    expect(await vaultIn(environment).get('seal:p1')).toBe('kept')
  })

  it('that asks for a password on a screen nobody sees is given up, and the process can end', async () => {
    // A prompter that takes the question and never answers it.
    const pidFile = join(folder, 'prompter.pid')
    writeFileSync(join(folder, 'prompter.sh'), `echo $$ > ${pidFile}\nexec sleep 600\n`)
    const address = await bus({
      'org.gnome.keyring.SystemPrompter': `/bin/sh ${join(folder, 'prompter.sh')}`,
    })
    const end = await keyring(address)
    const environment = environmentOf(address)
    await vaultIn(environment).set('seal:p1', 'kept')
    await end()
    await keyring(address, true)
    await expect(vaultIn(environment, 500).get('seal:p1')).rejects.toMatchObject({
      reason: 'denied',
      message: expect.stringContaining('did not answer within 0.5 seconds'),
    })
    expect(await elsewhere(environment, 'get-soon', 'acme')).toBe('denied')
    process.kill(Number(readFileSync(pidFile, 'utf8')))
  })

  it('that is not there is told from an empty one', async () => {
    const address = await bus()
    await expect(vaultIn(environmentOf(address)).get('seal:p1')).rejects.toMatchObject({
      reason: 'unavailable',
      message: expect.stringContaining('No Secret Service answers'),
    })
  })

  it('without a session bus is unavailable, and so is one whose bus has gone', async () => {
    const unavailable = { reason: 'unavailable', message: expect.stringContaining('LoadCredential') }
    await expect(vaultIn(environmentOf(null)).get('seal:p1')).rejects.toMatchObject(unavailable)
    const gone = environmentOf(`unix:path=${join(folder, 'gone')}`)
    await expect(vaultIn(gone).set('seal:p1', 'x')).rejects.toMatchObject(unavailable)
  })

  it('without libsecret names the package', async () => {
    const address = await bus()
    await keyring(address)
    // The linker finds this first and cannot use it, which is how a missing library looks to the caller.
    writeFileSync(join(folder, 'libsecret-1.so.0'), '')
    const vault = vaultIn({ ...environmentOf(address), LD_LIBRARY_PATH: folder })
    await expect(vault.get('seal:p1')).rejects.toMatchObject({
      reason: 'unavailable',
      message: expect.stringContaining('libsecret-1-0'),
    })
  })

  it('is asked again by a new helper after the old one was lost', async () => {
    const address = await bus()
    await keyring(address)
    const library = createKeychainClient({ environment: environmentOf(address), idleMs: 60_000 })
    const vault = createKeychainVault({ library })
    await vault.set('solo:apiKey', 'k')
    library.abandon()
    expect(await vault.get('solo:apiKey')).toBe('k')
    library.abandon()
  })
})
