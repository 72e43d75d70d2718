import type { CallArgs, CallResult, DeliveryItem } from '../../shared/ipc.ts'

type Asked = 'history.search' | 'history.trail' | 'history.verify' | 'history.export'
type Answers = { readonly [Name in Asked]: (args: CallArgs<Name>) => CallResult<Name> }

/** The history of the sample deliveries; one that was delivered has a whole trail. */
export function historyAnswers(deliveries: () => readonly DeliveryItem[], nowMs: number): Answers {
  const at = (secondsAgo: number) => new Date(nowMs - secondsAgo * 1_000).toISOString()
  return {
    'history.search': ({ text, from, to, status, kind, result, offset, limit }) => {
      const found = deliveries()
        .filter(
          (item) =>
            `${item.file} ${item.appointmentId ?? ''}`.toLowerCase().includes(text.toLowerCase()) &&
            (from === null || item.seenAt >= from) &&
            (to === null || item.seenAt < to) &&
            (status === null || item.status === status) &&
            (kind === null || item.kind === kind) &&
            (result === null || item.state === result),
        )
        .toSorted((a, b) => (a.seenAt < b.seenAt ? 1 : -1))
      return { total: found.length, items: found.slice(offset, offset + limit) }
    },
    'history.trail': () => [
      { seq: 41, at: at(30), what: 'seen', facts: [] },
      { seq: 42, at: at(29), what: 'settled', facts: [{ name: 'sizeBytes', value: '48213' }] },
      { seq: 43, at: at(28), what: 'recognised', facts: [{ name: 'kind', value: 'pdf' }] },
      { seq: 44, at: at(27), what: 'planned', facts: [{ name: 'appointmentId', value: 'A104176' }] },
      { seq: 46, at: at(26), what: 'attempt', facts: [{ name: 'step', value: 'report' }] },
      { seq: 47, at: at(25), what: 'answer', facts: [{ name: 'outcome', value: 'taken' }] },
      { seq: 48, at: at(25), what: 'delivered', facts: [] },
    ],
    'history.verify': () => ({ at: at(0), entries: 48, fault: null }),
    'history.export': () => ({ saved: true, entries: 7 }),
  }
}
