import type { DeliveryView } from '../../shared/delivery.ts'
import { viewOf } from '../outbox/delivery-view.ts'
import { exitCode, readArguments, usageError, type Command } from './command.ts'
import { withProfileToRead } from './setting-up.ts'

export { viewOf }

const usage = 'deliveries [--held] [--since T] [--json]'

/** What became of every dropped file; may run beside a running station. */
export const deliveriesCommand: Command = {
  name: 'deliveries',
  usage,
  summary: 'list what became of every file; --held: only what needs a person',
  async run(args, context) {
    const { values } = readArguments(
      args,
      { held: { type: 'boolean', default: false }, since: { type: 'string' } },
      { min: 0, max: 0, usage },
    )
    const sinceMs = values.since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(values.since)
    if (Number.isNaN(sinceMs)) throw usageError('--since takes a date and time such as 2026-11-20T08:00:00Z.')
    const records = await withProfileToRead(context, (foundation) =>
      Promise.resolve(foundation.journal.all()),
    )
    const views = (records ?? [])
      .filter((record) => record.state.state !== 'withdrawn' && record.seenAtMs >= sinceMs)
      .filter((record) => !values.held || record.state.state === 'held')
      .map(viewOf)
    if (context.json) context.output.result(views)
    else context.output.result(views.length === 0 ? 'Nothing to show.' : views.map(describe).join('\n'))
    return exitCode.done
  },
}

function describe(view: DeliveryView): string {
  const detail = view.message ?? (view.receipt?.kind === 'report' ? `receipt ${view.receipt.reportGuid}` : '')
  const where = view.appointmentId === null ? '' : ` → ${view.appointmentId}`
  const version =
    view.version === null || view.version === 1
      ? ''
      : `  version ${view.version}, replaced ${view.follows ?? 'a former one'}`
  const asks =
    view.discrepancy?.state === 'asked'
      ? `  Differs from preliminary ${view.discrepancy.preliminary}: clinically significant? Answer with resolve ${view.id} --discrepancy none|told.`
      : ''
  return `${view.id}  ${view.state}${view.reason === null ? '' : ` (${view.reason})`}  ${view.file}${where}${version}  ${detail}${asks}`.trimEnd()
}
