import { useQueryClient } from '@tanstack/react-query'
import {
  CircleCheck,
  CircleHelp,
  CircleX,
  Copy,
  ExternalLink,
  Eye,
  EyeOff,
  LoaderCircle,
  MessageSquarePlus,
  RotateCw,
  type LucideIcon,
} from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { InviteItem } from '../../shared/ipc/qualiphy-calls.ts'
import { MAX_RESENDS, type ExamOutcome } from '../../shared/qualiphy.ts'
import { useNowMs } from '../data/clock.ts'
import { useAction } from '../data/radpost.ts'
import { writeMoment } from '../format/dates.ts'
import { Badge } from '../ui/badge.tsx'
import { Button, IconButton, type Tone } from '../ui/button.tsx'
import { StateLine } from '../ui/delivery-state.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'

const texts = words.qualiphy

type Look = { readonly tone: Tone; readonly icon: LucideIcon }
const states: Readonly<Record<InviteItem['state'], Look>> = {
  sending: { tone: 'active', icon: LoaderCircle },
  sent: { tone: 'good', icon: CircleCheck },
  'not-sent': { tone: 'bad', icon: CircleX },
  'may-have-been-sent': { tone: 'warn', icon: CircleHelp },
}
const outcomes: Readonly<Record<ExamOutcome, Look>> = {
  approved: { tone: 'good', icon: CircleCheck },
  deferred: { tone: 'warn', icon: CircleX },
  'not-available': { tone: 'warn', icon: CircleX },
  unknown: { tone: 'warn', icon: CircleHelp },
}

/** Whether it went out, in words. */
export function StateBadge({ state }: { readonly state: InviteItem['state'] }): ReactNode {
  return <Badge {...states[state]}>{texts.states[state]}</Badge>
}

/** The invites of a study, newest first, each with its link and what became of its exams. */
export function InviteList({ invites }: { readonly invites: readonly InviteItem[] }): ReactNode {
  return (
    <ul className="invite-list" aria-label={texts.invites}>
      {invites.map((invite) => (
        <Invite key={invite.id} invite={invite} />
      ))}
    </ul>
  )
}

function Invite({ invite }: { readonly invite: InviteItem }): ReactNode {
  const nowMs = useNowMs()
  return (
    <li className="invite">
      <p className="invite-line">
        <StateBadge state={invite.state} />
        <span className="caption faint">{writeMoment(invite.at, nowMs)}</span>
      </p>
      {invite.message === null ? null : <p className="small selectable">{invite.message}</p>}
      {invite.exams.length === 0 ? (
        <p className="small soft">{invite.examIds.map((id) => texts.exam({ id: String(id) })).join(', ')}</p>
      ) : (
        invite.exams.map((exam) => <InvitedExam key={exam.patientExamId} invite={invite} exam={exam} />)
      )}
      {invite.hasLink ? <InviteLink invite={invite} /> : null}
    </li>
  )
}

function InvitedExam({
  invite,
  exam,
}: {
  readonly invite: InviteItem
  readonly exam: InviteItem['exams'][number]
}): ReactNode {
  const resend = useAction('qualiphy.resend')
  const client = useQueryClient()
  const announce = useAnnounce()
  const title = exam.title === '' ? texts.exam({ id: exam.examId }) : exam.title
  const result = exam.results.at(-1)
  const send = () =>
    resend.mutate(
      { id: invite.id, patientExamId: exam.patientExamId, resendsShown: exam.resends },
      {
        onSuccess: ({ message }) => {
          if (message === null) announce.done(texts.resent)
          else announce.failed(new Error(message))
        },
        onError: announce.failed,
        onSettled: () => void client.invalidateQueries({ queryKey: ['qualiphy.study'] }),
      },
    )
  return (
    <div className="invited-exam">
      <p className="invite-line">
        <span className="small strong truncate">{title}</span>
        {result === undefined ? (
          <span className="caption faint">{texts.noResult}</span>
        ) : (
          <Badge {...outcomes[result.outcome]}>{texts.outcomes[result.outcome]}</Badge>
        )}
      </p>
      {result?.outcome === 'unknown' ? (
        <p className="caption soft selectable">{texts.said({ said: result.said })}</p>
      ) : null}
      {exam.mayResend || exam.resends > 0 ? (
        <p className="invite-line">
          {exam.mayResend ? (
            <Button
              size="small"
              kind="quiet"
              icon={RotateCw}
              isBusy={resend.isPending}
              aria-label={texts.resendNamed({ exam: title })}
              onPress={send}
            >
              {texts.resend}
            </Button>
          ) : null}
          {exam.resends === 0 ? null : (
            <span className="caption faint">
              {texts.resends({ number: exam.resends, limit: MAX_RESENDS })}
            </span>
          )}
        </p>
      ) : null}
    </div>
  )
}

/** The link stays in the main process; only a person who wants to read it brings it here, and it goes with the view. */
function InviteLink({ invite }: { readonly invite: InviteItem }): ReactNode {
  const { id, comment } = invite
  const open = useAction('qualiphy.openLink')
  const copy = useAction('qualiphy.copyLink')
  const show = useAction('qualiphy.showLink')
  const announce = useAnnounce()
  const [link, setLink] = useState<string | null>(null)
  const told = (text: string) => ({ onSuccess: () => announce.done(text), onError: announce.failed })
  const reveal = () =>
    show.mutate({ id }, { onSuccess: (shown) => setLink(shown.link), onError: announce.failed })
  return (
    <>
      <div className="invite-actions">
        <Button
          size="small"
          icon={ExternalLink}
          isBusy={open.isPending}
          onPress={() => open.mutate({ id }, told(texts.linkOpened))}
        >
          {texts.openLink}
        </Button>
        <IconButton
          size="small"
          icon={Copy}
          name={texts.copyLink}
          isBusy={copy.isPending}
          onPress={() => copy.mutate({ id }, told(words.lock.copied))}
        />
        {link === null ? (
          <IconButton
            size="small"
            icon={Eye}
            name={texts.showLink}
            isBusy={show.isPending}
            onPress={reveal}
          />
        ) : (
          <IconButton size="small" icon={EyeOff} name={texts.hideLink} onPress={() => setLink(null)} />
        )}
      </div>
      {link === null ? null : (
        <p className="invite-link mono selectable" aria-label={texts.link} role="note">
          {link}
        </p>
      )}
      {comment === null ? (
        <AddLinkComment id={id} />
      ) : (
        <p className="invite-line small">
          <span className="soft">{texts.comment}</span>
          <StateLine item={comment} />
        </p>
      )}
    </>
  )
}

function AddLinkComment({ id }: { readonly id: string }): ReactNode {
  const add = useAction('qualiphy.addComment')
  const client = useQueryClient()
  const announce = useAnnounce()
  return (
    <div>
      <Button
        size="small"
        icon={MessageSquarePlus}
        isBusy={add.isPending}
        onPress={() =>
          add.mutate(
            { id },
            {
              onSuccess: ({ state }) =>
                announce.done(state === 'delivered' ? texts.commentDelivered : texts.commentOnItsWay),
              onError: announce.failed,
              onSettled: () => void client.invalidateQueries({ queryKey: ['qualiphy.study'] }),
            },
          )
        }
      >
        {texts.addComment}
      </Button>
    </div>
  )
}
