import { mkdtempSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { stampOf } from '../../../electron/intake/drop-folder.ts'
import type { Journal } from '../../../electron/journal/journal.ts'
import type { DeliveryRecord, Original } from '../../../electron/journal/records.ts'
import { placeOriginals } from '../../../electron/station/placement.ts'
import { aRecord } from '../../support/station/records.ts'
import { openTemporaryJournal } from '../../support/station/temporary-journal.ts'

let folder: string
let root: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'radpost-unit-'))
  root = join(folder, 'drop')
  await mkdir(root)
})
afterEach(async () => {
  for (const journal of opened.splice(0)) journal.close()
  await rm(folder, { recursive: true, force: true })
})

const held = { state: 'held', reason: 'damaged', message: '', candidates: [], trace: null } as const

async function dropped(changes: Partial<Original> = {}): Promise<DeliveryRecord> {
  await writeFile(join(root, 'a.pdf'), 'content')
  const stamp = stampOf(await stat(join(root, 'a.pdf')))
  return aRecord({
    state: held,
    original: { place: 'drop', path: 'a.pdf', sidecarPath: null, stamp, movingTo: null, ...changes },
  })
}

const opened: Journal[] = []

function journalOf(record: DeliveryRecord): { journal: Journal; present: () => Original | null } {
  const { journal } = openTemporaryJournal(mkdtempSync(join(folder, 'journal-')))
  opened.push(journal)
  journal.add(record, { at: '2026-11-20T00:00:00Z', what: 'seen', id: record.id })
  return { journal, present: () => journal.get(record.id)?.original ?? null }
}

const names = async (): Promise<string[]> => (await readdir(root, { recursive: true })).toSorted()

describe('placeOriginals', () => {
  it('moves a held original, once', async () => {
    const { journal, present } = journalOf(await dropped())
    await placeOriginals(journal, root)
    await placeOriginals(journal, root)
    expect(present()).toMatchObject({ place: 'held', path: 'Held/a.pdf', movingTo: null })
    expect(await names()).toEqual(['Held', 'Held/a.pdf'])
  })

  it('finishes a move that a crash cut off before or after the rename', async () => {
    const movingTo = { place: 'held', path: 'Held/a.pdf', sidecarPath: null } as const
    const before = journalOf(await dropped({ movingTo }))
    await placeOriginals(before.journal, root)
    expect(before.present()).toMatchObject({ place: 'held', movingTo: null })
    expect(await names()).toEqual(['Held', 'Held/a.pdf'])

    const after = journalOf({ ...(await dropped({ movingTo })) })
    await rm(join(root, 'a.pdf'))
    await placeOriginals(after.journal, root)
    expect(after.present()).toMatchObject({ place: 'held', path: 'Held/a.pdf', movingTo: null })
  })

  it('leaves alone what somebody took away or replaced', async () => {
    const { journal, present } = journalOf(await dropped())
    await writeFile(join(root, 'a.pdf'), 'somebody else’s new content')
    await placeOriginals(journal, root)
    expect(present()).toMatchObject({ place: 'gone' })
    expect(await names()).toEqual(['a.pdf'])
  })

  it('decides nothing while the folder is away', async () => {
    for (const movingTo of [null, { place: 'held', path: 'Held/a.pdf', sidecarPath: null } as const]) {
      const { journal, present } = journalOf(await dropped({ movingTo }))
      await rename(root, `${root} away`)
      await placeOriginals(journal, root)
      expect(present()).toMatchObject({ place: 'drop', path: 'a.pdf', movingTo })
      await rename(`${root} away`, root)
      await placeOriginals(journal, root)
      expect(present()).toMatchObject({ place: 'held' })
      await rm(join(root, 'Held'), { recursive: true })
    }
  })
})
