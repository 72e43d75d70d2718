import { Lock, LockOpen } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { CallResult } from '../../shared/ipc.ts'
import { useAction } from '../data/radpost.ts'
import { Button, Glyph } from '../ui/button.tsx'
import { words } from '../words.ts'

/** All that is shown while nobody has proved to be the user of this computer. */
export function Cover({ how }: { readonly how: CallResult<'lock.get'>['how'] }): ReactNode {
  const unlock = useAction('lock.unlock')
  const [answer, setAnswer] = useState<string | null>(null)
  const ask = () =>
    unlock.mutate(
      {},
      {
        onSuccess: ({ proof }) => setAnswer(proof === 'proved' ? null : words.lock.answers[proof]),
        onError: (error) => setAnswer(error.message),
      },
    )
  return (
    <main className="cover">
      <span className="cover-mark">
        <Glyph icon={Lock} />
      </span>
      <h1>{words.lock.title}</h1>
      <p className="soft">{words.lock.detail}</p>
      <Button kind="primary" icon={LockOpen} autoFocus isBusy={unlock.isPending} onPress={ask}>
        {words.lock.unlock}
      </Button>
      <p className="small soft">{words.lock.how[how]}</p>
      <p role="alert">{answer}</p>
    </main>
  )
}
