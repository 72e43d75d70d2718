import { z } from 'zod'
import { jsonAnswer } from '../core/answer.ts'
import type { SoloContext, SoloHandlers } from './solo-call.ts'
import { badParameters } from './solo-error.ts'
import { durationSeconds, queryNumber, readSoloQuery, requiredText } from './solo-input.ts'
import type { SoloWaitingRoom } from './solo-records.ts'

/** Waiting rooms and their free slots (contract 3.4). */

const secondsPerHour = 3600
const secondsPerDay = 86_400
/** Visiting hours of rooms without slots of their own, in UTC. */
const opens = 9 * secondsPerHour
const closes = 17 * secondsPerHour
/** Longest range that is searched. */
const longestRangeSeconds = 366 * secondsPerDay

export const waitingRoomCalls: SoloHandlers<'solo-waiting-rooms' | 'solo-slots'> = {
  'solo-waiting-rooms': (_call, { state }) =>
    jsonAnswer(
      200,
      state.waitingRooms.map(({ id, name, serviceLine, serviceType }) => ({
        id,
        name,
        serviceLine,
        serviceType,
      })),
    ),
  'solo-slots': (call, context) => {
    const duration = queryNumber.pipe(durationSeconds)
    const { after, before, ...wish } = readSoloQuery(
      call.request,
      z.object({
        after: queryNumber,
        before: queryNumber,
        waitingRoom: requiredText,
        duration: context.switches.soloSlotDurationRequired ? duration : duration.optional(),
      }),
    )
    const room = context.state.waitingRoom(wish.waitingRoom)
    if (room === undefined) throw badParameters([['waitingRoom', 'Waiting room not found.']])
    if (before <= after || before - after > longestRangeSeconds) {
      throw badParameters([['before', 'This value should be after "after", by a year at most.']])
    }
    const seconds = wish.duration ?? room.slotSeconds
    return jsonAnswer(
      200,
      freeStarts(room, { after, before, seconds }, context).map((date) => ({ date, duration: seconds })),
    )
  },
}

function freeStarts(
  room: SoloWaitingRoom,
  { after, before, seconds }: { after: number; before: number; seconds: number },
  { state }: SoloContext,
): number[] {
  const taken = state.visits.filter(
    ({ waitingRoom, status }) => waitingRoom === room.name && status !== 'cancelled',
  )
  const starts = room.slotStarts ?? regularStarts(after, before, seconds)
  return starts.filter(
    (start) =>
      start >= after &&
      start + seconds <= before &&
      !taken.some(
        (visit) => start < visit.dateSeconds + visit.durationSeconds && visit.dateSeconds < start + seconds,
      ),
  )
}

function regularStarts(after: number, before: number, seconds: number): number[] {
  const starts: number[] = []
  for (let day = after - (after % secondsPerDay); day < before; day += secondsPerDay) {
    for (let start = day + opens; start + seconds <= day + closes; start += seconds) starts.push(start)
  }
  return starts
}
