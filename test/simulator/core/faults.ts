import type { EndpointName } from '../endpoints.ts'
import { parseFaultRule, type Fault, type FaultRule, type FaultRuleInput } from './fault-rule.ts'

/** What a request is about, as far as rules can tell. */
export type RequestTarget = {
  readonly endpoint: EndpointName
  readonly domain: string | null
  readonly appointmentId: string | null
  readonly page: number | null
}

type FaultOf<K extends Fault['kind']> = Extract<Fault, { kind: K }>

/** Faults whose answer stands in for the real one. */
export type Replacement = FaultOf<
  | 'throttle'
  | 'server-error'
  | 'problem'
  | 'in-progress'
  | 'token-error'
  | 'slow-down'
  | 'expired-token'
  | 'expired-url'
>

/** Faults that only a service itself can carry out. */
export type Alteration = FaultOf<
  | 'expire-tokens'
  | 'change-status'
  | 'empty-page'
  | 'repeated-token'
  | 'duplicate-row'
  | 'old-rows'
  | 'unreadable-row'
  | 'unknown-status'
  | 'reversed-items'
  | 'short-url'
  | 'checksum-url'
>

/** Everything that is to go wrong with one request. */
export type FaultPlan = {
  readonly kinds: readonly string[]
  readonly instead: Replacement | FaultOf<'captive-portal' | 'reset-before'> | null
  readonly ending: 'whole' | 'reset' | 'cut'
  readonly dateSkewMs: number
  readonly alterations: readonly Alteration[]
  holdBefore(): Promise<void>
  holdAfter(): Promise<void>
}

export type FaultHandle = {
  readonly id: string
  readonly rule: FaultRule
  /** Requests hit so far. */
  hits(): number
  /** Lets go what this rule holds, and holds nothing more. */
  release(): void
  /** Ends the rule; what it holds is let go. */
  remove(): void
}

export type FaultBook = {
  add(rule: FaultRuleInput): FaultHandle
  /** Takes the rules that hit this request; counts them down. */
  take(target: RequestTarget): FaultPlan
  handles(): FaultHandle[]
  removeAll(): void
}

type Entry = {
  readonly handle: FaultHandle
  readonly gate: PromiseWithResolvers<void>
  seen: number
  hits: number
}

/**
 * @param wait resolves after so many milliseconds; injected so that tests need no real time.
 * @param random values in [0, 1), for rules that hit by chance.
 */
export function createFaultBook(
  wait: (ms: number) => Promise<void>,
  random: () => number = Math.random,
): FaultBook {
  const entries = new Map<string, Entry>()
  let lastId = 0

  function hits(entry: Entry, target: RequestTarget): boolean {
    const { endpoint, appointmentId, page, times, after, chance } = entry.handle.rule
    if (endpoint !== '*' && endpoint !== target.endpoint) return false
    if (appointmentId !== undefined && appointmentId !== target.appointmentId) return false
    if (page !== undefined && page !== target.page) return false
    entry.seen += 1
    if (entry.seen <= after || (times !== 'always' && entry.hits >= times)) return false
    return chance === 1 || random() < chance
  }

  return {
    add(input) {
      const rule = parseFaultRule(input)
      lastId += 1
      const id = `fault-${lastId}`
      const gate = Promise.withResolvers<void>()
      const handle: FaultHandle = {
        id,
        rule,
        hits: () => entry.hits,
        release: () => gate.resolve(),
        remove() {
          entries.delete(id)
          gate.resolve()
        },
      }
      const entry: Entry = { handle, gate, seen: 0, hits: 0 }
      entries.set(id, entry)
      return handle
    },
    take(target) {
      const taken: Entry[] = []
      let instead: FaultPlan['instead'] = null
      let ending: FaultPlan['ending'] = 'whole'
      let dateSkewMs = 0
      const alterations: Alteration[] = []
      const holds: { when: 'before' | 'after'; until: () => Promise<void> }[] = []
      for (const entry of entries.values()) {
        const { fault } = entry.handle.rule
        // One answer can stand in for the real one: the rule that was set first. The others wait for a later request.
        if (isInstead(fault) && instead !== null) continue
        if (!hits(entry, target)) continue
        entry.hits += 1
        taken.push(entry)
        if (isInstead(fault)) instead = fault
        else if (fault.kind === 'reset-after') ending = 'reset'
        else if (fault.kind === 'cut-answer') ending = 'cut'
        else if (fault.kind === 'date-skew') dateSkewMs += fault.minutes * 60_000
        else if (fault.kind === 'hold') {
          const { ms } = fault
          holds.push({
            when: fault.when,
            until: () =>
              ms === undefined ? entry.gate.promise : Promise.race([wait(ms), entry.gate.promise]),
          })
        } else alterations.push(fault)
      }
      const held = async (when: 'before' | 'after'): Promise<void> => {
        await Promise.all(holds.filter((hold) => hold.when === when).map((hold) => hold.until()))
      }
      return {
        kinds: taken.map((entry) => entry.handle.rule.fault.kind),
        instead,
        ending,
        dateSkewMs,
        alterations,
        holdBefore: () => held('before'),
        holdAfter: () => held('after'),
      }
    },
    handles: () => [...entries.values()].map((entry) => entry.handle),
    removeAll() {
      for (const entry of entries.values()) entry.handle.remove()
    },
  }
}

function isInstead(fault: Fault): fault is NonNullable<FaultPlan['instead']> {
  switch (fault.kind) {
    case 'throttle':
    case 'server-error':
    case 'problem':
    case 'in-progress':
    case 'token-error':
    case 'slow-down':
    case 'expired-token':
    case 'expired-url':
    case 'captive-portal':
    case 'reset-before':
      return true
    case 'reset-after':
    case 'cut-answer':
    case 'hold':
    case 'expire-tokens':
    case 'change-status':
    case 'date-skew':
    case 'empty-page':
    case 'repeated-token':
    case 'duplicate-row':
    case 'old-rows':
    case 'unreadable-row':
    case 'unknown-status':
    case 'reversed-items':
    case 'short-url':
    case 'checksum-url':
      return false
  }
}
