import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  DraftChanged,
  openDraftStore,
  UNDO_MS,
  type DraftBody,
  type DraftStore,
} from '../../../electron/drafts/draft-store.ts'
import { createSpool } from '../../../electron/intake/spool.ts'
import { createSeal } from '../../../electron/vault/seal.ts'

let folder: string
let store: DraftStore
let nowMs = Date.UTC(2026, 10, 20, 14, 2)
const seal = createSeal(new Uint8Array(32).fill(7))

const open = (with_ = seal): Promise<DraftStore> =>
  openDraftStore({ spool: createSpool(folder, with_), seal: with_, now: () => nowMs })
const study = (appointmentId = 'A100003') => ({ domain: 'acme', appointmentId, id: randomUUID() })
const body = (changes: Partial<DraftBody> = {}): DraftBody => ({
  status: 'preliminary',
  text: 'Left lung: clear.',
  clinician: { name: 'Dr Roe', providerNumber: '', email: '' },
  attachments: [],
  patient: null,
  studyDescription: null,
  ...changes,
})
/** Every file of the folder as one text, names included. */
function onDisk(): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return files
    .map((name) => {
      const path = join(folder, name)
      return name + (statSync(path).isFile() ? readFileSync(path, 'latin1') : '')
    })
    .join('\n')
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'radpost-drafts-'))
  store = await open()
})
afterEach(async () => {
  await store.close()
  vi.useRealTimers()
  rmSync(folder, { recursive: true, force: true })
})

describe('a draft', () => {
  it('comes back after a restart exactly as it was typed, half characters included', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (typed) => {
        const text = `${typed}\ud83d\r\n `
        const writing = study()
        const present = store.get(writing)
        if (present !== null) await store.discard(present, present.id)
        await store.change(writing, () => body({ text }))
        expect((await open()).get(writing)?.text).toBe(text)
      }),
      { numRuns: 20 },
    )
  })

  it('is nowhere readable on disk, nor is whose it is', async () => {
    const patient = {
      patientId: '220002',
      patientName: 'Doe, Mary',
      firstName: 'Mary',
      lastName: 'Doe',
      dateOfBirth: '1961-11-29',
    }
    const attachments = [{ id: randomUUID(), label: 'Doe Mary.pdf', kind: 'pdf' as const, sizeBytes: 9 }]
    await store.saveFile(attachments[0]?.id ?? '', Buffer.from('%PDF Mary'))
    await store.change(study(), () => body({ patient, attachments }))
    expect(onDisk()).not.toMatch(/Mary|Doe|220002|1961|lung|A100003|acme|%PDF|Roe/)
  })

  it('is one an appointment, the newest first, and the same id of another practice is another', async () => {
    await store.change(study('A1'), () => body())
    nowMs += 1_000
    await store.change({ ...study('A1'), domain: 'other' }, () => body())
    await expect(store.change(study('A1'), () => body())).rejects.toThrow(DraftChanged)
    expect(store.all().map((draft) => draft.domain)).toEqual(['other', 'acme'])
  })

  it('keeps text and file that come at the same moment', async () => {
    const writing = study()
    await store.change(writing, () => body())
    const file = { id: randomUUID(), label: 'scan.pdf', kind: 'pdf' as const, sizeBytes: 3 }
    await Promise.all([
      store.change(writing, (draft) => ({ ...body(draft ?? {}), attachments: [file] })),
      store.change(writing, (draft) => ({ ...body(draft ?? {}), text: 'typed meanwhile' })),
    ])
    expect((await open()).get(writing)).toMatchObject({ text: 'typed meanwhile', attachments: [file] })
  })
})

describe('a crash', () => {
  it('in the middle of writing leaves the former text', async () => {
    const writing = study()
    await store.change(writing, () => body({ text: 'first' }))
    const [own] = readdirSync(folder)
    // What a power cut leaves: the new file begun beside the old one, never renamed.
    writeFileSync(join(folder, own ?? '', 'draft.new'), 'half')
    expect((await open()).get(writing)?.text).toBe('first')
  })

  it('between file and draft leaves no file behind, and no draft is thrown away unread', async () => {
    await store.saveFile(randomUUID(), Buffer.from('attached and never named'))
    const writing = study()
    await store.change(writing, () => body())
    const [own] = readdirSync(folder).filter((name) => !name.includes('-'))
    truncateSync(join(folder, own ?? '', 'draft'), 20)
    const again = await open()
    expect(again.all()).toEqual([])
    expect(readdirSync(folder)).toEqual([own])
  })

  it('with another key opens nothing', async () => {
    const writing = study()
    await store.change(writing, () => body())
    expect((await open(createSeal(new Uint8Array(32).fill(8)))).get(writing)).toBeNull()
  })
})

describe('a discarded draft', () => {
  it('can be brought back, and a change that was on its way does not do so', async () => {
    const writing = study()
    await store.change(writing, () => body())
    await store.discard(writing, writing.id)
    expect(store.all()).toEqual([])
    await expect(store.change(writing, () => body())).rejects.toThrow(DraftChanged)
    await store.restore(writing, writing.id)
    expect(store.get(writing)?.text).toBe('Left lung: clear.')
  })

  it.each(['a restart', 'some minutes', 'another draft'])('is gone from the disk after %s', async (after) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const writing = study()
    const file = { id: randomUUID(), label: 'scan.pdf', kind: 'pdf' as const, sizeBytes: 3 }
    await store.saveFile(file.id, Buffer.from('abc'))
    await store.change(writing, () => body({ attachments: [file] }))
    await store.discard(writing, writing.id)
    if (after === 'a restart') await open()
    if (after === 'some minutes') {
      await vi.advanceTimersByTimeAsync(UNDO_MS)
      await store.close()
    }
    if (after === 'another draft') {
      const next = study()
      await store.change(next, () => body())
      await store.discard(next, next.id)
      await open()
    }
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('what has become of its delivery', () => {
  it('ends it when it arrived', async () => {
    const writing = study()
    await store.change(writing, () => body())
    await store.settle({ id: writing.id, state: { state: 'sending' } })
    expect(store.all()).toHaveLength(1)
    await store.settle({ id: writing.id, state: { state: 'duplicate', of: 'other' } })
    expect(readdirSync(folder)).toEqual([])
  })

  it('gives it back as another writing when it was discarded instead', async () => {
    const writing = study()
    await store.change(writing, () => body())
    await store.settle({ id: writing.id, state: { state: 'discarded', by: 'Dr Roe', reason: 'wrong study' } })
    const [draft] = (await open()).all()
    expect(draft?.text).toBe('Left lung: clear.')
    expect(draft?.id).not.toBe(writing.id)
  })
})
