import type { StationEvent } from '../../shared/station-event.ts'

/** One line for people about one event; null for what only programs want to know. */
export function describeEvent(event: StationEvent): string | null {
  switch (event.event) {
    case 'started':
      return 'Radpost is at work.'
    case 'idle':
      return 'All files are looked after.'
    case 'online':
      return 'Connected again.'
    case 'stopped':
      return null
    case 'offline':
      return `Not connected (${event.reason ?? 'unknown'}).`
    case 'standby':
      return event.reason ?? 'On standby.'
    case 'seen':
      return `seen       ${event.file}`
    case 'held':
      return `HELD       ${event.file}: ${event.reason}. ${event.message} [${event.id}]`
    case 'waiting':
      return `waiting    ${event.file}: ${event.reason}, next try ${event.nextTryAt}`
    case 'delivered': {
      const readBack = event.attachments.every((attachment) => attachment.readBack) ? ', read back' : ''
      return `delivered  ${event.file} → ${event.appointmentId} (${event.status}), receipt ${event.reportGuid}${readBack}`
    }
    case 'duplicate':
      return `duplicate  ${event.file}: already delivered, nothing was sent`
  }
}
