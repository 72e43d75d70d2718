import { commentTypes } from '../../shared/delivery.ts'
import { addComposed, commentPlan, sendComposed } from '../station/send-composed.ts'
import { CommandFailed, exitCode, readArguments, usageError, type Command } from './command.ts'
import { viewOf } from './deliveries.ts'
import { domainOf, practicesOf, settingsOf, withProfile } from './setting-up.ts'
import { describeSent, exitCodeOf } from './submit.ts'

const usage = 'comment APPOINTMENT --text T [--type AC|AA|PC|PA] [--domain D]'

/** A comment or alert on a pending appointment; PC and PA stay with the patient (contract 1.6 Q6). */
export const commentCommand: Command = {
  name: 'comment',
  usage,
  summary: 'add a comment (AC) or alert (AA) to an appointment; PC and PA stay with the patient',
  async run(args, context) {
    const { values, positionals } = readArguments(
      args,
      { text: { type: 'string' }, type: { type: 'string', default: 'AC' }, domain: { type: 'string' } },
      { min: 1, max: 1, usage },
    )
    const type = commentTypes.find((known) => known === values.type)
    if (type === undefined) throw usageError('--type takes AC, AA, PC or PA.')
    if (values.text === undefined || values.text.trim() === '')
      throw usageError('--text is required and must not be blank.')
    if (!values.text.isWellFormed()) throw usageError('--text has broken characters.')
    const settings = settingsOf(context)
    const domain = domainOf(settings, values.domain)
    const key = { domain, appointmentId: positionals[0] ?? '' }
    const plan = commentPlan(key, { type, text: values.text }, context.now())
    return withProfile(context, async (foundation) => {
      const practices = practicesOf(settings, context)
      try {
        const server = practices.clients.get(domain)
        if (server === undefined) throw usageError(`There is no practice "${domain}".`)
        const appointment = await server.getPending(plan.appointmentId)
        if (!appointment.ok) throw new CommandFailed(exitCode.server, appointment.failure.message)
        const parts = { foundation, server, now: context.now, random: context.random, signal: context.signal }
        const sent = await sendComposed(parts, await addComposed(parts, plan, []))
        context.output.result(context.json ? viewOf(sent) : describeSent(sent))
        return exitCodeOf(sent)
      } finally {
        await practices.close()
      }
    })
  },
}
