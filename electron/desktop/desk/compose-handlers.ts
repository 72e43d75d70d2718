import type { CallResult } from '../../../shared/ipc.ts'
import type { Acts } from './acts.ts'
import { CallFailed } from './call-failed.ts'
import {
  appointmentNow,
  deliveryOf,
  draftList,
  draftOf,
  changeWriting,
  mustBeOpen,
  orSaid,
} from './compose-drafts.ts'
import { attachFiles, detachFile, droppedFile, fileAt } from './compose-files.ts'
import { checkNow, handOver } from './compose-send.ts'
import type { HandlerParts } from './desk-handlers.ts'
import type { Handlers, ParsedArgs } from './handlers.ts'

type ComposeCalls = Extract<keyof Handlers, `compose.${string}`>
type SendResult = CallResult<'compose.send'>

/** Reports written in the window (contract 1.6 Q8): drafts, attached files, and the way out. */
export function createComposeHandlers(
  { keeper, host, now, lastKnown }: Pick<HandlerParts, 'keeper' | 'host' | 'now' | 'lastKnown'>,
  { itemOf }: Pick<Acts, 'itemOf'>,
): Pick<Handlers, ComposeCalls> {
  /** A second press while the first is under way gets the first one's answer. */
  const sending = new Map<string, Promise<SendResult>>()

  async function send(args: ParsedArgs<'compose.send'>): Promise<SendResult> {
    const session = await keeper.ready()
    const already = deliveryOf(session, args.id)
    if (already !== null) return { kind: 'sent', delivery: itemOf(already) }
    const draft = await changeWriting(session, args, lastKnown, () => ({
      status: args.status,
      ...args.content,
    }))
    const seen = new Set(args.attachments)
    if (seen.size !== draft.attachments.length || draft.attachments.some(({ id }) => !seen.has(id))) {
      throw new CallFailed('refused', 'The attached files have changed; look at them again before sending.')
    }
    if (args.status === 'final' && !args.confirmed) {
      throw new CallFailed('invalid', 'A final report is sent only after it has been confirmed.')
    }
    const checked = await checkNow(session, draft, args.status, args.shown, now())
    if (checked.kind !== 'ready') return checked
    if (checked.releases !== args.release) return checked
    const { appointment, releases } = checked
    const added = await handOver(session, { draft, appointment, by: args.by, releases }, now())
    session.station.wake()
    return { kind: 'sent', delivery: itemOf(added) }
  }

  return {
    'compose.open': async (key) => {
      const session = await keeper.ready()
      await session.drafts.idle()
      const draft = draftOf(session, key)
      const delivery = deliveryOf(session, draft.id)
      return {
        ...appointmentNow(session, key, lastKnown),
        draft,
        delivery: delivery === null ? null : itemOf(delivery),
      }
    },
    'compose.drafts': async () => {
      const session = await keeper.ready()
      await session.drafts.idle()
      return draftList(session, lastKnown)
    },
    'compose.save': async ({ status, text, clinician, ...writing }) => {
      const content = { status, text, clinician }
      const saved = await changeWriting(await keeper.ready(), writing, lastKnown, () => content)
      return { savedAt: new Date(saved.savedAtMs).toISOString() }
    },
    'compose.discard': async (writing) => {
      const session = await keeper.ready()
      if (deliveryOf(session, writing.id) !== null) {
        throw new CallFailed('refused', 'This report has been handed over; discard its delivery instead.')
      }
      await orSaid(session.drafts.discard(writing, writing.id))
      return {}
    },
    'compose.restore': async (writing) => {
      const session = await keeper.ready()
      await orSaid(session.drafts.restore(writing, writing.id))
      return {}
    },
    'compose.chooseFiles': async (writing) => {
      const session = await keeper.ready()
      // Before the dialog: what was sent meanwhile must not ask for files.
      mustBeOpen(session, writing)
      const paths = await host.chooseFiles('attachments')
      return attachFiles(session, writing, paths.map(fileAt), lastKnown)
    },
    'compose.attach': async ({ label, bytes, ...writing }) =>
      attachFiles(await keeper.ready(), writing, [droppedFile(label, bytes)], lastKnown),
    'compose.detach': async ({ attachment, ...writing }) =>
      detachFile(await keeper.ready(), writing, attachment, lastKnown),
    'compose.check': async (args) => {
      const session = await keeper.ready()
      mustBeOpen(session, args)
      const draft = session.drafts.get(args)
      if (draft === null) throw new CallFailed('invalid', 'The report is blank; write it first.')
      return checkNow(session, draft, args.status, args.shown, now())
    },
    'compose.send': (args) => {
      const present = sending.get(args.id)
      if (present !== undefined) return present
      const work = send(args).finally(() => sending.delete(args.id))
      sending.set(args.id, work)
      return work
    },
  }
}
