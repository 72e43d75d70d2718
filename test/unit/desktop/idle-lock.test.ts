import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDesktopSettings } from '../../../electron/desktop/desk/desktop-settings.ts'
import {
  nextLockState,
  unlocked,
  type LockEvent,
  type LockState,
  type Proof,
} from '../../../electron/desktop/desk/idle-lock.ts'
import { createIdleLock } from '../../../electron/desktop/desk/idle-lock-keeper.ts'
import { createLinuxSession } from '../../../electron/desktop/os-unlock-linux.ts'

const LIMIT_MS = 600_000
const proofs = ['proved', 'refused', 'impossible'] as const
const someEvent: fc.Arbitrary<LockEvent> = fc.oneof(
  fc.record({ kind: fc.constant('idle' as const), idleMs: fc.integer({ min: 0, max: 2 * LIMIT_MS }) }),
  fc.constantFrom<LockEvent>(
    { kind: 'lock-now' },
    { kind: 'session-locked' },
    { kind: 'session-unlocked' },
    { kind: 'proof-asked' },
  ),
  fc.record({ kind: fc.constant('proof-answered' as const), proof: fc.constantFrom(...proofs) }),
)
const after = (events: readonly LockEvent[], limitMs: number | null): LockState =>
  events.reduce<LockState>((state, event) => nextLockState(state, event, limitMs), unlocked)

describe('the cover', () => {
  it('comes exactly at the limit', () => {
    expect(after([{ kind: 'idle', idleMs: LIMIT_MS - 1 }], LIMIT_MS).state).toBe('open')
    expect(after([{ kind: 'idle', idleMs: LIMIT_MS }], LIMIT_MS).state).toBe('covered')
  })

  it('never comes while it is off', () => {
    fc.assert(
      fc.property(fc.array(someEvent), (events) => {
        expect(after(events, null).state).toBe('open')
      }),
    )
  })

  it('is lifted by the user of the system alone: an unlocked session, or a proof that was asked for', () => {
    fc.assert(
      fc.property(fc.array(someEvent), someEvent, (events, last) => {
        const before = after(events, LIMIT_MS)
        const present = nextLockState(before, last, LIMIT_MS)
        if (before.state !== 'covered' || present.state === 'covered') return
        const wasProved =
          last.kind === 'proof-answered' && last.proof === 'proved' && before.proof === 'asked'
        expect(last.kind === 'session-unlocked' || wasProved).toBe(true)
      }),
    )
  })
})

describe('the lock of a desk', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'radpost-lock-'))
  })
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  function lockWith({ how = 'touch-id' }: { how?: 'touch-id' | 'none' } = {}) {
    const world = {
      nowMs: 1_000_000,
      idleMs: 0 as number | null,
      prompts: 0,
      told: [] as boolean[],
      hidden: 0,
    }
    let answer = Promise.withResolvers<Proof>()
    const desktop = openDesktopSettings(join(folder, 'desktop.json'))
    const lock = createIdleLock({
      desktop,
      osUser: {
        how: async () => how,
        prove: () => {
          world.prompts += 1
          return answer.promise
        },
      },
      systemIdleMs: () => world.idleMs,
      now: () => world.nowMs,
      push: (_name, payload) => {
        if ('isLocked' in payload) world.told.push(payload.isLocked)
      },
      onLocked: () => {
        world.hidden += 1
      },
    })
    const say = (proof: Proof): void => {
      answer.resolve(proof)
      answer = Promise.withResolvers<Proof>()
    }
    return { lock, world, desktop, say }
  }

  it('covers after the set time of the whole computer, and asks the system’s user once', async () => {
    const { lock, world, say } = lockWith()
    await lock.handlers['lock.set']({ minutes: 5 })
    world.idleMs = 299_999
    lock.look()
    expect(lock.isLocked()).toBe(false)
    world.idleMs = 300_000
    lock.look()
    expect(lock.isLocked()).toBe(true)
    expect(world.hidden).toBe(1)

    const first = lock.handlers['lock.unlock']({})
    const second = lock.handlers['lock.unlock']({})
    say('refused')
    expect(await first).toEqual({ proof: 'refused' })
    expect(await second).toEqual({ proof: 'refused' })
    expect(world.prompts).toBe(1)
    expect(lock.isLocked()).toBe(true)

    const third = lock.handlers['lock.unlock']({})
    say('proved')
    expect(await third).toEqual({ proof: 'proved' })
    expect(lock.isLocked()).toBe(false)
    expect(world.told).toEqual([true, false])
  })

  it('goes by the window’s own input where the system does not tell', async () => {
    const { lock, world, say } = lockWith()
    world.idleMs = null
    await lock.handlers['lock.set']({ minutes: 1 })
    world.nowMs += 59_000
    await lock.handlers['lock.touch']({})
    world.nowMs += 59_000
    lock.look()
    expect(lock.isLocked()).toBe(false)
    world.nowMs += 1_000
    lock.look()
    expect(lock.isLocked()).toBe(true)
    // A hand on the covered window is nobody in particular; the next look must not find the old time either.
    await lock.handlers['lock.touch']({})
    const unlocking = lock.handlers['lock.unlock']({})
    say('proved')
    await unlocking
    lock.look()
    expect(lock.isLocked()).toBe(false)
  })

  it('comes and goes with the lock of the system, and is kept for the next start', async () => {
    const { lock, desktop } = lockWith()
    lock.sessionLocked()
    expect(lock.isLocked()).toBe(false)
    await lock.handlers['lock.set']({ minutes: 60 })
    lock.sessionLocked()
    expect(lock.isLocked()).toBe(true)
    lock.sessionUnlocked()
    expect(lock.isLocked()).toBe(false)
    expect(desktop.get().idleLockMinutes).toBe(60)
    expect(openDesktopSettings(join(folder, 'desktop.json')).get().idleLockMinutes).toBe(60)
  })

  it('cannot be switched on where the system has no way to ask', async () => {
    const { lock, desktop } = lockWith({ how: 'none' })
    await expect(lock.handlers['lock.set']({ minutes: 5 })).rejects.toThrow(/cannot be locked/u)
    expect(desktop.get().idleLockMinutes).toBeNull()
    expect(await lock.handlers['lock.get']({})).toEqual({ isLocked: false, minutes: null, how: 'none' })
  })
})

/** A `loginctl` of our own: `lock-session` locks at once, and what `unlock` holds comes back with the next looks. */
const loginctl = `#!/bin/sh
cd "$(dirname "$0")"
case "$1" in
  lock-session) [ -e no-lock-screen ] || echo yes > hint ;;
  show-session)
    cat hint
    if [ "$(cat hint)" = yes ] && [ -e person-is-back ]; then echo no > hint; fi ;;
esac
`

describe.skipIf(process.platform === 'win32')('the session of Linux', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'radpost-loginctl-'))
    await writeFile(join(folder, 'loginctl'), loginctl, { mode: 0o755 })
    await writeFile(join(folder, 'hint'), 'no\n')
  })
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true })
  })
  const sessionIn = (id: string | undefined) =>
    createLinuxSession(
      {
        PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}`,
        ...(id === undefined ? {} : { XDG_SESSION_ID: id }),
      },
      { stepMs: 1, lockScreenMs: 20 },
    )

  it('locks the session, and is proved once its user is back', async () => {
    await writeFile(join(folder, 'person-is-back'), '')
    const session = sessionIn('7')
    expect(await session.how()).toBe('lock-screen')
    expect(await session.prove()).toBe('proved')
    expect(await session.isLocked()).toBe(false)
  })

  it('proves nothing where no lock screen comes', async () => {
    await writeFile(join(folder, 'no-lock-screen'), '')
    expect(await sessionIn('7').prove()).toBe('impossible')
  })

  it('cannot be asked without a session, or without logind', async () => {
    expect(await sessionIn(undefined).how()).toBe('none')
    expect(await sessionIn(undefined).prove()).toBe('impossible')
    await rm(join(folder, 'hint'))
    expect(await sessionIn('7').how()).toBe('none')
  })
})
