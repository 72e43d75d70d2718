import { z } from 'zod'
import { jsonAnswer } from '../core/answer.ts'
import { bodyObject } from '../core/json-request.ts'
import { visitOf, type SoloHandlers } from './solo-call.ts'
import { readSoloBody, requiredText } from './solo-input.ts'

/** The note of a visit (contract 3.4). */
export const visitNoteCalls: SoloHandlers<'solo-visit-note' | 'solo-visit-note-update'> = {
  'solo-visit-note': (call, context) =>
    jsonAnswer(
      200,
      visitOf(call, context).notes.map(({ id, templateName, comments, responses }) => ({
        id,
        template: { name: templateName, flow: { sections: [] } },
        comments: comments.map(({ postedAtSeconds, ...comment }) => ({
          ...comment,
          templateId: id,
          postedAt: postedAtSeconds,
        })),
        responses: responses.map(({ atMs, question, response }) => ({
          dateTime: phpDate(atMs),
          question,
          response,
        })),
      })),
    ),
  'solo-visit-note-update': (call, context) => {
    const visit = visitOf(call, context)
    const question = z.object({ id: requiredText, value: z.array(z.string()) })
    const body = readSoloBody(
      call.request,
      bodyObject({ name: requiredText, questions: z.array(question) }, context.switches.refuseUnknownFields),
    )
    const responses = body.questions.map(({ id, value }) => ({
      atMs: context.now(),
      question: [id],
      response: value,
    }))
    const note = visit.notes.find(({ templateName }) => templateName === body.name)
    if (note === undefined) {
      visit.notes.push({ id: context.newId(), templateName: body.name, comments: [], responses })
    } else note.responses.push(...responses)
    return jsonAnswer(200, body)
  },
}

/** A date as PHP writes its own object: no T, six decimals, the zone beside it. */
function phpDate(ms: number): { date: string; timezone_type: 3; timezone: string } {
  const text = new Date(ms).toISOString().replace('T', ' ').replace('Z', '000')
  return { date: text, timezone_type: 3, timezone: 'UTC' }
}
