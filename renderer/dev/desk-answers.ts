import type { CallArgs, CallResult, EventPayload } from '../../shared/ipc.ts'

type Asked = 'desk.copy' | 'lock.get' | 'lock.set' | 'lock.now' | 'lock.unlock' | 'lock.touch'
type Answers = { readonly [Name in Asked]: (args: CallArgs<Name>) => CallResult<Name> }

/**
 * The safety of the desk in the sample window: nothing is really copied, and the system always knows its user. `?lock=`
 * in the page's address: `covered` begins so, `none` is a system that cannot be asked.
 */
export function deskAnswers(push: (payload: EventPayload<'lock.changed'>) => void): Answers {
  const wanted = new URLSearchParams(location.search).get('lock')
  const how = wanted === 'none' ? 'none' : 'touch-id'
  let minutes: number | null = wanted === 'none' ? null : 10
  let isLocked = wanted === 'covered'
  const become = (locked: boolean): void => {
    isLocked = locked
    push({ isLocked })
  }
  return {
    'desk.copy': () => ({}),
    'lock.get': () => ({ isLocked, minutes, how }),
    'lock.set': (args) => {
      minutes = args.minutes
      return { isLocked, minutes, how }
    },
    'lock.now': () => {
      if (minutes !== null) become(true)
      return { isLocked }
    },
    'lock.unlock': () => {
      become(false)
      return { proof: 'proved' }
    },
    'lock.touch': () => ({}),
  }
}
