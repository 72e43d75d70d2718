import type { VisitStatus } from '../../shared/solo.ts'
import type { Appointment } from './answers.ts'

/** What goes on in a visit, from the words of Solo (contract 3.3); words that we do not know are kept. */
export function visitStatusOf({ status, videoCall }: Pick<Appointment, 'status' | 'videoCall'>): VisitStatus {
  const word = status?.trim().toLowerCase() ?? ''
  const call = videoCall?.status?.trim().toLowerCase() ?? ''
  switch (word) {
    case 'completed':
    case 'sign off':
      return { kind: 'completed' }
    case 'cancelled':
      return { kind: 'cancelled' }
    case 'not showed up':
      return { kind: 'missed' }
  }
  const isOpen =
    word === 'scheduled' ||
    word === 'arrived' ||
    /^(?:in progress\.(?:intake|exam)|discharge)\.(?:ready|progress)$/.test(word)
  if (!isOpen) return { kind: 'unknown', text: status ?? '' }
  // "Left without being seen": nobody is there any more, whatever the appointment says.
  if (call === 'lwbs') return { kind: 'missed' }
  if (call === 'waiting') return { kind: 'waiting' }
  if (word === 'scheduled' || word === 'arrived') return { kind: word }
  return { kind: 'in-progress', onCall: call === 'on call' }
}

/** Whether a study with such a visit may get a new one: this one will not take place any more. */
export function isOver(status: VisitStatus | null): boolean {
  return status?.kind === 'cancelled' || status?.kind === 'missed'
}
