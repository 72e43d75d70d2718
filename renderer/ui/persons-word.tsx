import { UserRound } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { usePerson } from '../data/person.tsx'
import { words } from '../words.ts'
import { Button, Glyph } from './button.tsx'
import { TextField } from './field.tsx'

/** Who decides and why, as the person is typing it. */
export type PersonsWord = {
  readonly by: string
  readonly setBy: (by: string) => void
  readonly reason: string
  readonly setReason: (reason: string) => void
  /** Both, trimmed; null while one is missing. Remembers the name for the session. */
  readonly said: () => { readonly by: string; readonly reason: string } | null
}

export function usePersonsWord(): PersonsWord {
  const person = usePerson()
  const [by, setBy] = useState(person.name)
  const [reason, setReason] = useState('')
  return {
    by,
    setBy,
    reason,
    setReason,
    said: () => {
      const word = { by: by.trim(), reason: reason.trim() }
      if (word.by === '' || word.reason === '') return null
      person.setName(word.by)
      return word
    },
  }
}

/** The two fields; the name only until it has been given once. `wasAsked`: the person has tried to go on. */
export function PersonFields({
  word,
  wasAsked,
  suggestions,
}: {
  readonly word: PersonsWord
  readonly wasAsked: boolean
  readonly suggestions: readonly string[]
}): ReactNode {
  const person = usePerson()
  return (
    <div className="persons-word">
      <TextField
        label={words.needsYou.reason}
        value={word.reason}
        onChange={word.setReason}
        maxLength={2_000}
        error={wasAsked && word.reason.trim() === '' ? words.needsYou.reasonNeeded : null}
      />
      <div className="suggestions" role="group" aria-label={words.needsYou.suggestions}>
        {suggestions.map((suggestion) => (
          <Button key={suggestion} size="small" onPress={() => word.setReason(suggestion)}>
            {suggestion}
          </Button>
        ))}
      </div>
      {person.name === '' ? (
        <TextField
          label={words.needsYou.by}
          hint={words.needsYou.byHint}
          value={word.by}
          onChange={word.setBy}
          maxLength={200}
          error={wasAsked && word.by.trim() === '' ? words.needsYou.byNeeded : null}
        />
      ) : (
        <p className="deciding-as">
          <Glyph icon={UserRound} />
          <span className="truncate">{words.needsYou.decidingAs({ name: person.name })}</span>
          <Button kind="quiet" size="small" onPress={() => person.setName('')}>
            {words.needsYou.changeName}
          </Button>
        </p>
      )}
    </div>
  )
}
