import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  clearCredentials,
  parseCredentials,
  readQualiphyCredentials,
  readQubsCredentials,
  readSoloCredentials,
  storeCredentials,
} from '../../../electron/vault/credentials.ts'
import { createMemoryVault } from '../../../electron/vault/memory.ts'
import { VaultError, type Vault } from '../../../electron/vault/vault.ts'

describe('parseCredentials', () => {
  it('takes the shapes of the interface, without white space around secrets and with a byte order mark', () => {
    expect(parseCredentials('qubs', '\uFEFF{"clientId":" id ","clientSecret":"s\\n"}')).toEqual({
      ok: true,
      credentials: { clientId: 'id', clientSecret: 's' },
    })
    expect(parseCredentials('solo', '{"apiKey":"k","teamsAuthToken":"t"}')).toEqual({
      ok: true,
      credentials: { apiKey: 'k', teamsAuthToken: 't' },
    })
    expect(parseCredentials('qualiphy', '{"apiKey":"k"}')).toEqual({ ok: true, credentials: { apiKey: 'k' } })
  })

  it.each([
    ['qubs', '{"clientId":"id"}', '"clientSecret"'],
    ['qubs', '{"clientId":"hunter2","clientSecret":5}', '"clientSecret"'],
    ['qubs', '{"clientId":"hunter2\\u0000","clientSecret":"x"}', '"clientId"'],
    ['qubs', '{"clientId":"  ","clientSecret":"x"}', '"clientId"'],
    ['solo', '{"apiKey":"hunter2","linkingSecret":null}', '"linkingSecret"'],
    ['solo', '{"apiKey":"x","hunter2":"x"}', 'nothing else'],
    ['qualiphy', '"hunter2"', 'one JSON object'],
    ['qualiphy', '["hunter2"]', 'one JSON object'],
    ['qualiphy', '{"apiKey":hunter2}', 'one JSON object'],
    ['qualiphy', '', 'one JSON object'],
  ] as const)('%s %s: the refusal says %s and nothing that was typed', (what, text, says) => {
    const parsed = parseCredentials(what, text)
    expect(parsed).toMatchObject({ ok: false, message: expect.stringContaining(says) })
    expect(JSON.stringify(parsed)).not.toContain('hunter2')
  })

  it('never repeats a value, whatever field it stands in', () => {
    const typed = fc.stringMatching(/^[0-9]{12}$/u)
    const field = fc.constantFrom('clientId', 'clientSecret', 'apiKey', 'linkingSecret', 'other')
    fc.assert(
      fc.property(
        fc.dictionary(field, fc.oneof(typed, fc.constant(''), fc.array(typed))),
        fc.constantFrom('qubs', 'solo', 'qualiphy'),
        (value, what) => {
          const parsed = parseCredentials(what, JSON.stringify(value))
          expect(parsed.ok ? '' : parsed.message).not.toMatch(/[0-9]{12}/u)
        },
      ),
    )
  })
})

describe('stored credentials', () => {
  it('come back, one practice apart from another', async () => {
    const vault = createMemoryVault()
    await storeCredentials(vault, {
      what: 'qubs',
      domain: 'a',
      credentials: { clientId: '1', clientSecret: '"{}' },
    })
    await storeCredentials(vault, { what: 'qualiphy', credentials: { apiKey: 'q' } })
    expect(await readQubsCredentials(vault, 'a')).toEqual({ clientId: '1', clientSecret: '"{}' })
    expect(await readQubsCredentials(vault, 'b')).toBeNull()
    expect(await readQualiphyCredentials(vault)).toEqual({ apiKey: 'q' })
    expect(await clearCredentials(vault, { what: 'qubs', domain: 'a' })).toBe(true)
    expect(await clearCredentials(vault, { what: 'qubs', domain: 'a' })).toBe(false)
    expect(await readQubsCredentials(vault, 'a')).toBeNull()
  })

  it('lie in the accounts that scripts rely on', async () => {
    const vault = createMemoryVault()
    await storeCredentials(vault, {
      what: 'solo',
      credentials: { apiKey: 'k', linkingSecret: 'l', teamsAuthToken: 't' },
    })
    await storeCredentials(vault, {
      what: 'qubs',
      domain: 'd',
      credentials: { clientId: 'i', clientSecret: 's' },
    })
    expect(await vault.get('solo:apiKey')).toBe('k')
    expect(await vault.get('solo:linkingSecret')).toBe('l')
    expect(await vault.get('solo:teamsAuthToken')).toBe('t')
    expect(await vault.get('qubs:d')).toBe('{"clientId":"i","clientSecret":"s"}')
  })

  it('replace the whole set', async () => {
    const vault = createMemoryVault()
    await storeCredentials(vault, { what: 'solo', credentials: { apiKey: 'old', linkingSecret: 'old' } })
    await storeCredentials(vault, { what: 'solo', credentials: { apiKey: 'new' } })
    expect(await readSoloCredentials(vault)).toEqual({ apiKey: 'new' })
    expect(await clearCredentials(vault, { what: 'solo' })).toBe(true)
    expect(await readSoloCredentials(vault)).toBeNull()
  })

  it('that something else wrote are reported without their content', async () => {
    const vault = createMemoryVault([['qubs:a', 'hunter2']])
    await expect(readQubsCredentials(vault, 'a')).rejects.toMatchObject({ reason: 'corrupt' })
    await expect(readQubsCredentials(vault, 'a')).rejects.not.toThrow('hunter2')
  })

  it('of a service without a keychain may lack the optional ones', async () => {
    const unit = (kind: Vault['kind']): Vault => ({
      kind,
      get: (name) =>
        name === 'solo:apiKey'
          ? Promise.resolve('k')
          : Promise.reject(new VaultError('unavailable', 'no keychain')),
      set: () => Promise.resolve(),
      delete: () => Promise.resolve(false),
    })
    expect(await readSoloCredentials(unit('credentials-directory'))).toEqual({ apiKey: 'k' })
    await expect(readSoloCredentials(unit('os'))).rejects.toThrow('no keychain')
  })
})
