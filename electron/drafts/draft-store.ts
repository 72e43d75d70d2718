import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { shownPatient } from '../../shared/composed-report.ts'
import { reportStatuses, type DeliveryState } from '../../shared/delivery.ts'
import type { AppointmentKey } from '../../shared/worklist.ts'
import type { Spool } from '../intake/spool.ts'
import { SealBroken, type Seal } from '../vault/seal.ts'

/**
 * Reports that a person is writing: one an appointment, sealed on disk, durable when a write resolves. A draft's id
 * becomes the id of its delivery, so that one writing is sent once, whatever happens between the two.
 */

const attachment = z.object({
  id: z.uuid(),
  label: z.string(),
  kind: z.enum(['pdf', 'sr']),
  sizeBytes: z.int(),
})
export type DraftAttachment = z.infer<typeof attachment>

const content = z.object({
  status: z.enum(reportStatuses),
  /** Exactly as it was typed, broken characters included: JSON keeps them escaped. */
  text: z.string(),
  clinician: z.object({ name: z.string(), providerNumber: z.string(), email: z.string() }),
})
export type DraftContent = z.infer<typeof content>

const draftRecord = content.extend({
  id: z.uuid(),
  domain: z.string(),
  appointmentId: z.string(),
  attachments: z.array(attachment),
  /** Whom and what it is about, for a draft whose appointment has left the list. */
  patient: shownPatient.nullable(),
  studyDescription: z.string().nullable(),
  savedAtMs: z.number(),
  /** Set: a person has discarded it, and may still want it back. */
  discardedAtMs: z.number().nullable(),
})
export type Draft = z.infer<typeof draftRecord>
/** What a person and the study put into a draft; the rest is the store's. */
export type DraftBody = Omit<Draft, 'id' | 'domain' | 'appointmentId' | 'savedAtMs' | 'discardedAtMs'>

/** The draft has become another one meanwhile, or has been sent or discarded: this change belongs to none. */
export class DraftChanged extends Error {}

export type DraftStore = {
  /** Without discarded ones; the newest first. */
  all(): readonly Draft[]
  get(key: AppointmentKey): Draft | null
  /**
   * Changes the draft of an appointment as it is when its turn has come, or makes it: `edit` gets null where there is
   * none yet. What `edit` throws is thrown. @throws DraftChanged where another writing, or a discarded one, is there
   */
  change(
    writing: AppointmentKey & { readonly id: string },
    edit: (present: Draft | null) => DraftBody,
  ): Promise<Draft>
  /** Keeps a file's bytes sealed; they count from the next {@link DraftStore.change} that names them. */
  saveFile(attachmentId: string, bytes: Uint8Array): Promise<void>
  /** null: not there any more. */
  loadFile(attachmentId: string): Promise<Uint8Array | null>
  removeFile(attachmentId: string): Promise<void>
  /** It can be brought back until {@link UNDO_MS} have passed or the store is opened anew. @throws DraftChanged */
  discard(key: AppointmentKey, id: string): Promise<void>
  /** @throws DraftChanged */
  restore(key: AppointmentKey, id: string): Promise<Draft>
  /** What became of a delivery ends its draft, or gives it back to its writer under a new id. */
  settle(delivery: { readonly id: string; readonly state: DeliveryState }): Promise<void>
  /** Resolves when everything that was asked for so far is done: what is read then is what was written. */
  idle(): Promise<void>
  /** Ends the store when it is idle. */
  close(): Promise<void>
}

/** How long a discarded draft can be brought back, in milliseconds. */
export const UNDO_MS = 600_000

const RECORD = 'draft'
const FILE = 'file'

export type DraftStoreParts = {
  /** Of the drafts' own folder. */
  readonly spool: Spool
  readonly seal: Seal
  readonly now: () => number
}

/** Opens the drafts of a profile, and removes what a crash or a discard has left behind. */
export async function openDraftStore({ spool, seal, now }: DraftStoreParts): Promise<DraftStore> {
  const drafts = new Map<string, Draft>()
  const timers = new Set<NodeJS.Timeout>()
  let row: Promise<unknown> = Promise.resolve()

  /** The folder of an appointment's draft says nothing of the appointment. */
  const folderOf = ({ domain, appointmentId }: AppointmentKey): string =>
    seal.keyedHash('draft', JSON.stringify([domain, appointmentId])).slice(0, 32)

  const onDisk = await spool.list()
  for (const folder of onDisk) {
    const draft = await readDraft(spool, folder)
    if (draft === null) continue
    if (draft.discardedAtMs === null) drafts.set(folder, draft)
    else await spool.remove(folder)
  }
  const known = new Set([...drafts].flatMap(([folder, draft]) => [folder, ...filesOf(draft)]))
  for (const folder of onDisk) if (!known.has(folder)) await removeStrayFile(spool, folder)

  /** One change after the other, so that an older text never comes to lie over a newer one. */
  function inOrder<T>(task: () => Promise<T>): Promise<T> {
    const run = row.then(task)
    row = run.catch(() => null)
    return run
  }

  async function write(draft: Draft): Promise<Draft> {
    const folder = folderOf(draft)
    await spool.save(folder, RECORD, Buffer.from(JSON.stringify(draft), 'utf8'))
    drafts.set(folder, draft)
    return draft
  }

  async function remove(draft: Draft): Promise<void> {
    const folder = folderOf(draft)
    if (drafts.get(folder)?.id !== draft.id) return
    drafts.delete(folder)
    await spool.remove(folder)
    for (const file of filesOf(draft)) await spool.remove(file)
  }

  function present(key: AppointmentKey, id: string): Draft {
    const draft = drafts.get(folderOf(key))
    if (draft?.id !== id) throw new DraftChanged()
    return draft
  }

  function removeLater(draft: Draft): void {
    const timer = setTimeout(() => {
      timers.delete(timer)
      void inOrder(async () => {
        const left = drafts.get(folderOf(draft))
        if (left?.id === draft.id && left.discardedAtMs !== null) await remove(left)
      })
    }, UNDO_MS)
    timer.unref()
    timers.add(timer)
  }

  return {
    all: () =>
      [...drafts.values()]
        .filter((draft) => draft.discardedAtMs === null)
        .toSorted((a, b) => b.savedAtMs - a.savedAtMs),
    get(key) {
      const draft = drafts.get(folderOf(key))
      return draft === undefined || draft.discardedAtMs !== null ? null : draft
    },
    change: (writing, edit) =>
      inOrder(async () => {
        const former = drafts.get(folderOf(writing))
        const isSame = former?.id === writing.id
        // A change that was under way when its draft was discarded must not bring it back.
        if (former !== undefined && isSame !== (former.discardedAtMs === null)) throw new DraftChanged()
        const { domain, appointmentId, id } = writing
        const next = edit(isSame ? former : null)
        if (former !== undefined && !isSame) await remove(former)
        return write({ ...next, domain, appointmentId, id, savedAtMs: now(), discardedAtMs: null })
      }),
    saveFile: (attachmentId, bytes) => spool.save(attachmentId, FILE, bytes),
    loadFile: (attachmentId) => spool.load(attachmentId, FILE),
    removeFile: (attachmentId) => spool.remove(attachmentId),
    discard: (key, id) =>
      inOrder(async () => {
        removeLater(await write({ ...present(key, id), discardedAtMs: now() }))
      }),
    restore: (key, id) => inOrder(() => write({ ...present(key, id), discardedAtMs: null })),
    settle: ({ id, state }) =>
      inOrder(async () => {
        const draft = [...drafts.values()].find((one) => one.id === id)
        if (draft === undefined) return
        if (state.state === 'delivered' || state.state === 'duplicate') await remove(draft)
        // What was discarded instead of sent is its writer's again, as another writing.
        if (state.state === 'discarded') await write({ ...draft, id: randomUUID() })
      }),
    async idle() {
      await row
    },
    async close() {
      for (const timer of timers) clearTimeout(timer)
      await row
    },
  }
}

function filesOf(draft: Draft): string[] {
  return draft.attachments.map((file) => file.id)
}

async function readDraft(spool: Spool, folder: string): Promise<Draft | null> {
  try {
    const bytes = await spool.load(folder, RECORD)
    if (bytes === null) return null
    const read = draftRecord.safeParse(JSON.parse(new TextDecoder().decode(bytes)))
    return read.success ? read.data : null
  } catch (error) {
    if (error instanceof SealBroken) return null
    throw error
  }
}

/** Files that no draft names are rests of a crash. A draft that cannot be opened stays: it may be somebody's text. */
async function removeStrayFile(spool: Spool, folder: string): Promise<void> {
  if (z.uuid().safeParse(folder).success) await spool.remove(folder)
}
