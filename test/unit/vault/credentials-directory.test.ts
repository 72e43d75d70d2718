import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readAuditHead, writeAuditHead } from '../../../electron/vault/audit-head.ts'
import {
  createCredentialsDirectoryVault,
  readKeyFile,
} from '../../../electron/vault/credentials-directory.ts'
import { loadOrCreateKey } from '../../../electron/vault/keys.ts'
import { createMemoryVault } from '../../../electron/vault/memory.ts'
import { VaultError, type Vault } from '../../../electron/vault/vault.ts'

const none = (): Promise<never> => Promise.reject(new VaultError('unavailable', 'no keychain'))
const noKeychain: Vault = { kind: 'os', get: none, set: none, delete: none }

let root = ''
let folder = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'radpost-credentials-'))
  folder = join(root, 'unit.service')
  mkdirSync(folder)
})
afterEach(() => rmSync(root, { recursive: true }))

function provide(fileName: string, content: string | Uint8Array): void {
  writeFileSync(join(folder, fileName), content)
}
function open(keychain: Vault = noKeychain): Vault {
  return createCredentialsDirectoryVault({ folder, files: { readFile: (path) => readFile(path) }, keychain })
}

describe('the credentials directory', () => {
  it('is read under the name itself, then with dots, and without the last newline', async () => {
    provide('qubs.acme', '{"clientId":"dot"}\n')
    provide('solo.apiKey', 'key\r\n')
    expect(await open().get('qubs:acme')).toBe('{"clientId":"dot"}')
    expect(await open().get('solo:apiKey')).toBe('key')
    provide('qubs:acme', 'colon\n\n')
    expect(await open().get('qubs:acme')).toBe('colon\n')
  })

  it('wins over the keychain, which answers for the rest', async () => {
    provide('qubs.acme', 'unit')
    const vault = open(
      createMemoryVault([
        ['qubs:acme', 'keychain'],
        ['solo:apiKey', 'keychain'],
      ]),
    )
    expect(await vault.get('qubs:acme')).toBe('unit')
    expect(await vault.get('solo:apiKey')).toBe('keychain')
    expect(await vault.get('qualiphy:apiKey')).toBeNull()
  })

  it('says which credential to provide where no keychain answers', async () => {
    await expect(open().get('qubs:acme')).rejects.toMatchObject({
      reason: 'unavailable',
      message: expect.stringContaining('LoadCredential=qubs.acme:<file>'),
    })
    await expect(open().get('seal:p1')).rejects.toThrow('LoadCredential=seal.p1:<file> with 32 random bytes')
  })

  it('cannot be written or deleted', async () => {
    provide('qubs.acme', 'unit')
    const behind = createMemoryVault()
    await expect(open(behind).set('qubs:acme', 'x')).rejects.toMatchObject({ reason: 'read-only' })
    await expect(open(behind).delete('qubs:acme')).rejects.toMatchObject({ reason: 'read-only' })
    await expect(open().set('solo:apiKey', 'x')).rejects.toMatchObject({ reason: 'read-only' })
    expect(await behind.get('qubs:acme')).toBeNull()
    await open(behind).set('solo:apiKey', 'x')
    expect(await behind.get('solo:apiKey')).toBe('x')
  })

  it('is not left by a name that leads elsewhere', async () => {
    writeFileSync(join(root, 'stolen'), 'stolen')
    mkdirSync(join(folder, 'qubs:..'))
    await expect(open().get('qubs:../../stolen')).rejects.toMatchObject({ reason: 'unavailable' })
  })

  it('reports a credential that is no text, is empty, or cannot be read', async () => {
    provide('qubs.bytes', Uint8Array.of(0xff, 0xfe))
    provide('qubs.empty', '\n')
    mkdirSync(join(folder, 'qubs.folder'))
    await expect(open().get('qubs:bytes')).rejects.toMatchObject({ reason: 'corrupt' })
    await expect(open().get('qubs:empty')).rejects.toMatchObject({ reason: 'corrupt' })
    await expect(open().get('qubs:folder')).rejects.toMatchObject({ reason: 'denied' })
  })
})

describe('keys in the credentials directory', () => {
  const key = fc.uint8Array({ minLength: 32, maxLength: 32 })

  it('are the same key as raw bytes, hex and base64, with a newline or without', () => {
    fc.assert(
      fc.property(key, fc.constantFrom('', '\n', '\r\n'), (bytes, end) => {
        const raw = Buffer.from(bytes)
        const base64 = raw.toString('base64')
        expect(readKeyFile('k', raw)).toBe(base64)
        for (const text of [
          raw.toString('hex'),
          raw.toString('hex').toUpperCase(),
          base64,
          base64.slice(0, -1),
        ]) {
          expect(readKeyFile('k', Buffer.from(text + end))).toBe(base64)
        }
      }),
    )
  })

  it('of any other length are refused', () => {
    const text = fc.oneof(
      fc.stringMatching(/^[0-9a-f]{0,31}$/u),
      fc.stringMatching(/^[0-9a-f]{33,42}$/u),
      fc.stringMatching(/^[0-9a-f]{45,63}$/u),
      fc.stringMatching(/^[0-9a-f]{65,100}$/u),
      fc.stringMatching(/^[A-Za-z0-9+/]{42}==$/u),
    )
    fc.assert(
      fc.property(text, (content) => {
        expect(() => readKeyFile('k', Buffer.from(content))).toThrow('is not a key')
      }),
    )
  })

  it('serve loadOrCreateKey and are never replaced', async () => {
    provide('seal.p1', Buffer.alloc(32, 7))
    expect(await loadOrCreateKey(open(), 'seal:p1')).toEqual(new Uint8Array(32).fill(7))
    provide('audit.p1', 'too short')
    await expect(loadOrCreateKey(open(), 'audit:p1')).rejects.toMatchObject({ reason: 'corrupt' })
  })
})

describe('the audit head', () => {
  it('lies in the keychain behind the folder, never in the folder', async () => {
    provide('audit-head.p1', 'stale')
    const behind = createMemoryVault()
    expect(await readAuditHead(open(behind), 'p1')).toEqual({ kept: true, head: null })
    expect(await writeAuditHead(open(behind), 'p1', 'h1')).toEqual({ kept: true })
    expect(await readAuditHead(open(behind), 'p1')).toEqual({ kept: true, head: 'h1' })
  })

  it('is reported as not kept where nothing can keep it', async () => {
    expect(await writeAuditHead(open(), 'p1', 'h1')).toMatchObject({ kept: false })
    expect(await readAuditHead(open(), 'p1')).toMatchObject({ kept: false })
  })

  it('of a desktop fails when its keychain does', async () => {
    await expect(writeAuditHead(noKeychain, 'p1', 'h1')).rejects.toThrow('no keychain')
    await expect(readAuditHead(noKeychain, 'p1')).rejects.toThrow('no keychain')
  })
})
