import { MessageSquare, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { CallResult } from '../../shared/ipc.ts'
import { useNowMs } from '../data/clock.ts'
import { writeMoment } from '../format/dates.ts'
import { Glyph } from '../ui/button.tsx'
import { words } from '../words.ts'

type Comment = CallResult<'study.get'>['comments'][number]

/** Alerts before everything else, in full; nothing of them is folded away. */
export function Alerts({ comments }: { readonly comments: readonly Comment[] }): ReactNode {
  const alerts = comments.filter((comment) => comment.isAlert)
  if (alerts.length === 0) return null
  return (
    <section className="alerts" aria-labelledby="study-alerts">
      <h2 id="study-alerts">
        <Glyph icon={TriangleAlert} tone="warn" />
        {words.study.alerts}
      </h2>
      <ul>
        {alerts.map((comment, index) => (
          <CommentLine key={comment.guid ?? index} comment={comment} />
        ))}
      </ul>
    </section>
  )
}

/** The comments that are no alerts, newest first. */
export function Comments({ comments }: { readonly comments: readonly Comment[] }): ReactNode {
  const plain = comments
    .filter((comment) => !comment.isAlert)
    .toSorted((a, b) => (b.at ?? '').localeCompare(a.at ?? ''))
  return (
    <section aria-labelledby="study-comments">
      <h2 id="study-comments">{words.study.comments}</h2>
      {plain.length === 0 ? (
        <p className="faint none">
          <Glyph icon={MessageSquare} />
          {words.study.noComments}
        </p>
      ) : (
        <ul className="comment-list">
          {plain.map((comment, index) => (
            <CommentLine key={comment.guid ?? index} comment={comment} />
          ))}
        </ul>
      )}
    </section>
  )
}

function CommentLine({ comment }: { readonly comment: Comment }): ReactNode {
  const nowMs = useNowMs()
  const facts = [
    comment.ofPatient ? words.study.ofPatient : words.study.ofStudy,
    comment.at === null ? '' : writeMoment(comment.at, nowMs),
    comment.by === null || comment.by === '' ? '' : words.study.by({ name: comment.by }),
  ].filter((part) => part !== '')
  return (
    <li className="comment">
      <p className="prose">{comment.text}</p>
      <p className="caption faint">{facts.join(' · ')}</p>
    </li>
  )
}
