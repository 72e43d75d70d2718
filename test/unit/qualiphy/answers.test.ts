import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  readExamList,
  readInvited,
  refusalOf,
  refusals,
  refusalSentences,
} from '../../../electron/qualiphy/answers.ts'
import {
  interrupted,
  invitePasses,
  ImpossibleForInvite,
  inviteViewOf,
  type InviteHappening,
  type InviteRecord,
} from '../../../electron/qualiphy/invite-record.ts'
import { outcomeOf, readWebhook } from '../../../electron/qualiphy/webhook.ts'

const success = {
  http_code: 200,
  meeting_url: 'https://app.qualiphy.me/meeting/x',
  meeting_uuid: 'x',
  patient_exams: [{ patient_exam_id: 1, exam_title: 't', exam_id: 800 }],
}

describe('an answer', () => {
  it('of any JSON crashes nothing, and is a success only with its whole proof', () => {
    const mixed = fc.record(
      Object.fromEntries(
        Object.entries(success).map(([name, value]) => [name, fc.oneof(fc.constant(value), fc.jsonValue())]),
      ),
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.oneof(mixed, fc.jsonValue()), fc.integer({ min: 100, max: 599 }), (json, status) => {
        const read = readInvited(json)
        const claimed = z.looseObject({ http_code: z.unknown() }).safeParse(json).data?.http_code
        const proof = [claimed, /^https?:/.test(read?.link ?? ''), (read?.exams.length ?? 0) > 0]
        expect(read === null ? [200, true, true] : proof).toEqual([200, true, true])
        readExamList(json)
        refusalOf(status, json)
      }),
    )
    expect(readInvited(success)).not.toBeNull()
  })

  it.each([
    ['Unauthorized access.', 'unauthorized'],
    ['Need to add Patient Care Provider via Qualiphy Portal!', 'provider-missing'],
    ['Need to sign contract!', 'contract'],
    ['Need to sign Prescriptive Services Contract via\nQualiphy Portal!', 'prescriptive-contract'],
    ['Need to sign Prescriptive Services Contract via\r\n  Qualiphy Portal!', 'prescriptive-contract'],
    ['Something else', 'refused'],
  ])('401 "%s" is %s', (error_message, refusal) => {
    expect(refusalOf(401, { error_message })).toBe(refusal)
  })

  it('of each kind has a sentence of its own, which tells who must do what', () => {
    const sentences = refusals.map((refusal) => refusalSentences[refusal])
    expect(new Set(sentences).size).toBe(refusals.length)
    for (const [refusal, sentence] of Object.entries(refusalSentences)) {
      const isOpen = refusal === 'server-error'
      expect([refusal, sentence.includes('Nothing was sent'), isOpen]).toEqual([refusal, !isOpen, isOpen])
    }
  })
})

describe('a webhook body', () => {
  it('of any bytes crashes nothing, and approves nothing but by the word itself', () => {
    const said = fc.oneof(
      fc.constantFrom(
        'Approved',
        'APPROVED',
        ' approved ',
        'Not approved',
        'Approved?',
        'Аpproved',
        'Pending',
      ),
      fc.string(),
    )
    fc.assert(
      fc.property(said, (exam_status) => {
        const bytes = Buffer.from(JSON.stringify({ patient_exam_id: 1, exam_status }))
        const isApproved = exam_status.trim().toLowerCase() === 'approved'
        const read = readWebhook(bytes)
        expect(read.kind === 'result' && read.outcome === 'approved').toBe(isApproved)
      }),
    )
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readWebhook(bytes)))
  })

  it('has its code in additional_data, as text or as an object', () => {
    const tokenIn = (additional_data: unknown) => {
      const read = readWebhook(Buffer.from(JSON.stringify({ patient_exam_id: 'p-7', additional_data })))
      return read.kind === 'result' ? [read.patientExamId, read.token] : read.kind
    }
    expect(tokenIn('{"radpost":"t"}')).toEqual(['p-7', 't'])
    expect(tokenIn({ radpost: 't' })).toEqual(['p-7', 't'])
    for (const none of ['{}', 't', '', null, undefined, 7, { radpost: 7 }]) {
      expect(tokenIn(none)).toEqual(['p-7', null])
    }
  })

  it('knows three words', () => {
    expect(['Approved', 'deferred', 'N/A', 'Rejected', ''].map(outcomeOf)).toEqual([
      'approved',
      'deferred',
      'not-available',
      'unknown',
      'unknown',
    ])
  })
})

describe('the states of an invite', () => {
  const fresh: InviteRecord = {
    id: 'i',
    domain: 'acme',
    appointmentId: 'A1',
    patientDigest: 'd',
    examIds: [800],
    tokenHash: 'h',
    confirmedAtMs: 1,
    changedAtMs: 1,
    state: { state: 'sending' },
  }
  const patientExamId = fc.constantFrom('1', '2', '3')
  const happening: fc.Arbitrary<InviteHappening> = fc.oneof(
    fc.constant<InviteHappening>({
      type: 'accepted',
      link: 'https://x',
      meetingUuid: 'x',
      exams: ['1', '2'].map((id) => ({ patientExamId: id, examId: '800', title: 't' })),
    }),
    fc.constant<InviteHappening>({ type: 'not-sent', code: 'c', message: 'm' }),
    fc.constant<InviteHappening>({ type: 'lost', message: 'm' }),
    fc.record({ type: fc.constant('resending' as const), patientExamId }),
    fc.record({
      type: fc.constant('resent' as const),
      patientExamId,
      as: fc.constantFrom('sent' as const, 'not-sent' as const, 'may-have-been-sent' as const),
    }),
    fc.record({
      type: fc.constant('result' as const),
      patientExamId,
      result: fc.constant({ outcome: 'unknown' as const, said: 's' }),
    }),
    fc.constant<InviteHappening>({ type: 'forgotten' }),
  )

  it('never lead back to sending, nor to more than three resends of an exam', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 60 }), fc.boolean(), (sequence, begun) => {
        let record = begun
          ? invitePasses(
              fresh,
              {
                type: 'accepted',
                link: 'https://x',
                meetingUuid: 'x',
                exams: [{ patientExamId: '1', examId: '8', title: '' }],
              },
              1,
            )
          : fresh
        for (const next of sequence) {
          const before: string = record.state.state
          try {
            record = invitePasses(record, next, 2)
          } catch (error) {
            if (!(error instanceof ImpossibleForInvite)) throw error
            continue
          }
          expect(before !== 'sending' && record.state.state === 'sending').toBe(false)
          const views = inviteViewOf(record)?.exams ?? []
          expect(views.filter(({ resends }) => resends > 3)).toEqual([])
        }
        const ended = interrupted(record, 3)
        expect(ended.state.state).not.toBe('sending')
        expect(inviteViewOf(ended)?.exams.filter(({ lastResend }) => lastResend === 'sending') ?? []).toEqual(
          [],
        )
        expect(interrupted(ended, 4)).toBe(ended)
      }),
      { numRuns: 1_000 },
    )
  })
})
