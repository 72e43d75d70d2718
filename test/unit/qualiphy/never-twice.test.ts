import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Failure, Result } from '../../../electron/http/outcome.ts'
import type { Invited } from '../../../electron/qualiphy/answers.ts'
import { createInvites, type Invites, type SendOutcome } from '../../../electron/qualiphy/invites.ts'
import { createSeal } from '../../../electron/vault/seal.ts'
import { openTemporaryJournal } from '../../support/station/temporary-journal.ts'
import { required } from './samples.ts'

/**
 * No sequence of presses, answers, crashes and restarts makes two requests without two deliberate confirmations
 * (docs/adr/0019). The journal is a real one on disk; what stands in for Qualiphy counts the requests that reach it
 * and answers when the sequence says so, or never.
 */

const HOUR_MS = 3_600_000
const seal = createSeal(new Uint8Array(32).fill(3))
const studies = [
  { domain: 'acme', appointmentId: 'A1' },
  { domain: 'acme', appointmentId: 'A2' },
]
const forms = [
  required,
  { ...required, exams: [801] },
  { ...required, first_name: 'Orla', dob: '1970-01-01' },
]

const failure = (outcomeKnown: boolean): Failure => ({
  kind: outcomeKnown ? 'validation' : 'server',
  outcomeKnown,
  status: outcomeKnown ? 400 : 500,
  code: null,
  message: 'It went wrong.',
  retryAfterMs: null,
  requestId: null,
  correlationId: null,
})

/** A request that reached the vendor. */
type Request = {
  readonly code: string
  readonly atMs: number
  readonly exams: readonly number[]
  readonly patient: string
  /** How it ended as the vendor knows it. */
  answer: 'none' | Answer
  readonly settle: (result: Result<Invited>) => void
}
type Answer = 'accepted' | 'refused' | 'broken'

type Step =
  | { readonly do: 'look' | 'press'; readonly study: number; readonly form: number }
  /** Any code that was ever given out, once more. */
  | { readonly do: 'replay'; readonly study: number; readonly form: number; readonly code: number }
  | { readonly do: 'confirm-again'; readonly study: number; readonly form: number }
  | { readonly do: 'answer'; readonly request: number; readonly how: Answer }
  | { readonly do: 'restart' }
  | { readonly do: 'wait'; readonly hours: number }

const place = { study: fc.nat(1), form: fc.nat(2) }
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('look' as const), ...place }),
  { weight: 3, arbitrary: fc.record({ do: fc.constant('press' as const), ...place }) },
  fc.record({ do: fc.constant('replay' as const), ...place, code: fc.nat(20) }),
  { weight: 4, arbitrary: fc.record({ do: fc.constant('confirm-again' as const), ...place }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      request: fc.nat(1),
      how: fc.constantFrom<Answer>('accepted', 'refused', 'broken'),
    }),
  },
  fc.record({ do: fc.constant('restart' as const) }),
  fc.record({ do: fc.constant('wait' as const), hours: fc.constantFrom(1, 23, 24, 2_000) }),
)

/** One profile through all its restarts. */
function startWorld(folder: string) {
  const journal = openTemporaryJournal(folder).journal
  const requests: Request[] = []
  const pressed = new Set<string>()
  const asked = new Set<string>()
  let nowMs = Date.UTC(2026, 10, 21, 9)
  let names = 0
  /** The code of the press that is being handled: the fake answers for the request that it makes. */
  let pressing = ''
  let life = 0

  function open(): Invites {
    life += 1
    const mine = life
    return createInvites({
      journal,
      seal,
      now: () => nowMs,
      inbox: undefined,
      spoolDays: 7,
      newId: () => `invite-${(names += 1)}`,
      newToken: () => `token-${names}`,
      client: {
        listExams: () => Promise.resolve({ ok: false, failure: failure(true) }),
        resend: () => Promise.resolve({ ok: false, failure: failure(true) }),
        invite: ({ invite }) => {
          // It is written down before it leaves.
          expect(
            journal
              .kept('qualiphy-invite')
              .all((json) => json)
              .at(-1),
          ).toContain('"sending"')
          const { promise, resolve } = Promise.withResolvers<Result<Invited>>()
          const settle = (result: Result<Invited>): void => {
            // A process that is gone hears nothing any more.
            if (mine === life) resolve(result)
          }
          const patient = `${invite.first_name} ${invite.dob}`
          // One at a time to one patient.
          expect(requests.filter((one) => one.patient === patient && one.answer === 'none')).toEqual([])
          requests.push({ code: pressing, atMs: nowMs, exams: invite.exams, patient, answer: 'none', settle })
          return promise
        },
      },
    })
  }

  let invites = open()
  const codeFor = (study: number, form: number): string => {
    const prepared = invites.prepare(studies[study] ?? studies[0]!, forms[form])
    if (prepared.kind !== 'ready') throw new Error('The samples must pass.')
    return prepared.confirmation
  }
  const codes: string[] = []

  async function press(study: number, form: number, code: string): Promise<SendOutcome | null> {
    pressing = code
    const before = requests.length
    const sending = invites.send(studies[study] ?? studies[0]!, forms[form], code)
    if (requests.length > before) {
      pressed.add(code)
      return null
    }
    return sending
  }

  return {
    requests,
    pressed,
    asked,
    close: () => journal.close(),
    list: () => invites.list(),
    async take(step: Step): Promise<void> {
      switch (step.do) {
        case 'look':
          codes.push(codeFor(step.study, step.form))
          return
        case 'press': {
          const code = codeFor(step.study, step.form)
          codes.push(code)
          const outcome = await press(step.study, step.form, code)
          if (outcome?.kind === 'ask-again') {
            codes.push(outcome.confirmation)
            asked.add(outcome.confirmation)
          }
          // The second click of a double click.
          expect(await press(step.study, step.form, code)).not.toBeNull()
          return
        }
        case 'replay':
          await press(step.study, step.form, codes[step.code % Math.max(1, codes.length)] ?? 'nothing')
          return
        case 'confirm-again': {
          const outcome = await press(step.study, step.form, codeFor(step.study, step.form))
          if (outcome?.kind !== 'ask-again') return
          asked.add(outcome.confirmation)
          codes.push(outcome.confirmation)
          await press(step.study, step.form, outcome.confirmation)
          return
        }
        case 'answer': {
          const request = requests.filter(({ answer }) => answer === 'none')[step.request]
          if (request === undefined) return
          request.answer = step.how
          const value = {
            link: 'https://app.qualiphy.me/meeting/x',
            meetingUuid: 'x',
            exams: [{ patientExamId: '1', examId: '800', title: 't' }],
          }
          request.settle(
            step.how === 'accepted'
              ? { ok: true, value, correlationId: null, clockSkewMs: null }
              : { ok: false, failure: failure(step.how === 'refused') },
          )
          // What follows from the answer is written down by the time that all its steps have run.
          await new Promise((resolve) => setImmediate(resolve))
          return
        }
        case 'restart':
          invites = open()
          for (const request of requests) if (request.answer === 'none') request.answer = 'broken'
          return
        case 'wait':
          nowMs += step.hours * HOUR_MS
      }
    },
  }
}

describe('an invite', () => {
  it('is never sent twice without two deliberate confirmations', async () => {
    let again = 0
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 5, maxLength: 40, size: 'max' }), async (sequence) => {
        const folder = mkdtempSync(join(tmpdir(), 'radpost-unit-'))
        const world = startWorld(folder)
        try {
          for (const step of sequence) await world.take(step)
          const { requests } = world
          // Each request has a confirmation of its own, which no other request had.
          expect(requests.map(({ code }) => code)).toEqual([...world.pressed])
          for (const [index, later] of requests.entries()) {
            const doubled = requests
              .slice(0, index)
              .some(
                (earlier) =>
                  earlier.patient === later.patient &&
                  earlier.answer !== 'refused' &&
                  later.atMs - earlier.atMs < 24 * HOUR_MS &&
                  earlier.exams.some((exam) => later.exams.includes(exam)),
              )
            // The same patient and exam within a day: only after a question.
            if (doubled) again += 1
            expect(!doubled || world.asked.has(later.code)).toBe(true)
          }
          await world.take({ do: 'restart' })
          const open = requests.filter(({ answer }) => answer === 'broken')
          const shown = world.list().filter(({ state }) => state === 'may-have-been-sent')
          expect(world.list().filter(({ state }) => state === 'sending')).toEqual([])
          // What nobody knows is said, until it is so long ago that it is forgotten.
          const isOld = sequence.some((step) => step.do === 'wait' && step.hours === 2_000)
          expect(isOld || shown.length === open.length).toBe(true)
        } finally {
          world.close()
          rmSync(folder, { recursive: true, force: true })
        }
      }),
      { numRuns: 120 },
    )
    expect(again).toBeGreaterThan(5)
  }, 120_000)
})
