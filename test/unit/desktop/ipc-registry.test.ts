import { describe, expect, it } from 'vitest'
import type { CallName } from '../../../shared/ipc.ts'
import { CallFailed } from '../../../electron/desktop/desk/call-failed.ts'
import type { ParsedArgs } from '../../../electron/desktop/desk/handlers.ts'
import { checkedEvent, createIpcRegistry } from '../../../electron/desktop/ipc-registry.ts'
import { ActionRefused } from '../../../electron/outbox/person-actions.ts'
import { VaultError } from '../../../electron/vault/vault.ts'

/** Handlers as a bug of ours would have them: they answer whatever a test wants. */
type LooseHandlers = { readonly [Name in CallName]?: (args: ParsedArgs<Name>) => unknown }

function registryWith(loose: LooseHandlers) {
  const bugs: unknown[] = []
  const cover = { isLocked: false }
  const registry = createIpcRegistry({
    handlers: Object.assign(Object.create(null), loose),
    clean: (sentence) => sentence.replaceAll('/home/jane/reports', 'reports'),
    onBug: (error) => bugs.push(error),
    isLocked: () => cover.isLocked,
  })
  return { registry, bugs, cover }
}

describe('the registry of calls', () => {
  it('answers with what the contract has, and nothing more', async () => {
    const { registry } = registryWith({
      'app.info': () => ({ version: '1', platform: 'x', host: 'electron', secret: 'left out' }),
    })
    expect(await registry.answer('app.info', {})).toEqual({
      ok: true,
      result: { version: '1', platform: 'x', host: 'electron' },
    })
  })

  it('refuses what would give data of a patient while the window is covered, even where the cover comes in between', async () => {
    let asked = 0
    const { registry, cover } = registryWith({
      'worklist.refresh': () => {
        asked += 1
        cover.isLocked = true
        return {}
      },
      'app.info': () => ({ version: '1', platform: 'x', host: 'electron' }),
    })
    expect(await registry.answer('worklist.refresh', {})).toMatchObject({ ok: false, code: 'locked' })
    expect(await registry.answer('worklist.refresh', {})).toMatchObject({ ok: false, code: 'locked' })
    expect(asked).toBe(1)
    expect(await registry.answer('app.info', {})).toMatchObject({ ok: true })
  })

  it.each(['no.such.call', '__proto__', 'constructor', null, 7])('has no call %s', async (name) => {
    const { registry } = registryWith({})
    expect(await registry.answer(name, {})).toMatchObject({ ok: false, code: 'invalid' })
  })

  it('refuses arguments that do not fit before the handler sees them, and does not repeat them', async () => {
    let seen = 0
    const { registry } = registryWith({
      'deliveries.discard': () => {
        seen += 1
        throw new Error('not reached')
      },
    })
    const answer = await registry.answer('deliveries.discard', { id: 'x', by: 'Jane Doe', reason: '' })
    expect(answer).toMatchObject({ ok: false, code: 'invalid', message: expect.stringContaining('"reason"') })
    expect(JSON.stringify(answer)).not.toContain('Jane')
    expect(seen).toBe(0)
  })

  it.each([
    [new CallFailed('gone', 'It is gone.'), 'gone', 'It is gone.'],
    [new ActionRefused('Only a waiting one.'), 'refused', 'Only a waiting one.'],
    [new VaultError('denied', 'The keychain is locked.'), 'keychain', 'The keychain is locked.'],
    [new CallFailed('settings', 'See /home/jane/reports now.'), 'settings', 'See reports now.'],
  ])('turns %s into an envelope', async (error, code, message) => {
    const { registry, bugs } = registryWith({
      'station.status': () => {
        throw error
      },
    })
    expect(await registry.answer('station.status', {})).toEqual({ ok: false, code, message })
    expect(bugs).toEqual([])
  })

  it('keeps what it did not expect for the log alone', async () => {
    const { registry, bugs } = registryWith({
      'station.status': () => Promise.reject(new Error('Doe^Jane at /home/jane')),
      'app.info': () => ({ version: 1 }),
    })
    const answers = [await registry.answer('station.status', {}), await registry.answer('app.info', {})]
    for (const answer of answers) expect(answer).toMatchObject({ ok: false, code: 'internal' })
    expect(JSON.stringify(answers)).not.toMatch(/Doe|home/u)
    expect(bugs).toHaveLength(2)
  })

  it('lets an event through only as the contract has it', () => {
    expect(checkedEvent('deliveries.changed', { ids: ['a'], names: ['Jane'] })).toEqual({ ids: ['a'] })
    expect(() => checkedEvent('navigate', { view: 'elsewhere', id: null })).toThrow(/navigate/u)
  })
})
