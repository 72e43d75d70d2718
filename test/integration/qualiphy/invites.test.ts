import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { MAX_FILES } from '../../../electron/intake/inbox-files.ts'
import type { KeptRows } from '../../../electron/journal/kept.ts'
import type { Invites, SendOutcome } from '../../../electron/qualiphy/invites.ts'
import { openFoundation, type Foundation } from '../../../electron/station/foundation.ts'
import { addInviteComment, openInvites } from '../../../electron/station/invites.ts'
import { openProfile } from '../../../electron/station/profile.ts'
import { parseSettings } from '../../../electron/station/settings-file.ts'
import { storeCredentials } from '../../../electron/vault/credentials.ts'
import { createMemoryVault } from '../../../electron/vault/memory.ts'
import type { InviteView } from '../../../shared/qualiphy.ts'
import { sampleAppointments } from '../../simulator/simulator.ts'
import { required } from '../../unit/qualiphy/samples.ts'
import { startPractice, type SimulatedPractice } from '../qubs/practice.ts'
import { open } from '../qubs/http-core.ts'

const key = { domain: 'acme', appointmentId: 'A100003' }
const DAY_MS = 86_400_000

type Bench = SimulatedPractice & {
  readonly foundation: Foundation
  readonly form: object
  /** Where the relay drops results. */
  readonly inbox: string
  /** The invites of the profile, as after a start of the program; `writing` may get between them and the disk. */
  readonly start: (writing?: (put: Put) => Put) => Invites
}
type Put = KeptRows['put']

/** A profile with its real journal, the simulator, and a clock that stands still. */
async function startBench(): Promise<Bench> {
  const practice = await startPractice({ appointments: sampleAppointments(Date.UTC(2026, 10, 20)) })
  const { simulator, clock } = practice
  const { qualiphy } = simulator
  const folder = await mkdtemp(join(tmpdir(), 'radpost-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const vault = createMemoryVault()
  await storeCredentials(vault, { what: 'qualiphy', credentials: { apiKey: qualiphy.apiKey } })
  const now = (): number => clock.nowMs
  const foundation = await openFoundation(openProfile(folder), vault, now)
  onTestFinished(() => foundation.close())
  const inbox = join(folder, 'results')
  await mkdir(inbox)
  const settings = parseSettings({
    practices: [{ domain: 'acme' }],
    dropFolder: { path: folder },
    qualiphy: { baseUrl: qualiphy.baseUrl, inbox },
  })
  const http = open()
  const plain = qualiphy.exams().find(({ rxType }) => rxType === null)
  return {
    ...practice,
    foundation,
    inbox,
    form: { ...required, exams: [plain?.id] },
    start: (writing = (put) => put) => {
      const kept = (kind: string): KeptRows => {
        const rows = foundation.journal.kept(kind)
        return { ...rows, put: writing((...row) => rows.put(...row)) }
      }
      const journal = { ...foundation.journal, kept }
      return openInvites({ settings, foundation: { ...foundation, journal }, http, now, random: () => 0.5 })
    },
  }
}

function confirmationOf(invites: Invites, form: object): string {
  const prepared = invites.prepare(key, form)
  if (prepared.kind !== 'ready') throw new Error('The sample must pass.')
  return prepared.confirmation
}

function inviteIn(outcome: SendOutcome): InviteView {
  if (outcome.kind !== 'done') throw new Error(`This must be sent, but: ${outcome.kind}.`)
  return outcome.invite
}

describe('an invite', () => {
  it('is made once by a double press, and the second press does nothing', async () => {
    const { start, form, simulator } = await startBench()
    const invites = start()
    const code = confirmationOf(invites, form)
    const first = invites.send(key, form, code)
    expect(invites.list(key)).toMatchObject([{ state: 'sending', message: null }])
    expect(await invites.send(key, form, code)).toEqual({ kind: 'in-flight' })
    expect(inviteIn(await first).state).toBe('sent')
    expect(await invites.send(key, form, code)).toEqual({ kind: 'stale' })
    expect(simulator.qualiphy.invites()).toHaveLength(1)
  })

  it('needs a confirmation of exactly what is sent', async () => {
    const { start, form, simulator } = await startBench()
    const invites = start()
    const code = confirmationOf(invites, form)
    const stale = { kind: 'stale' }
    expect(await invites.send(key, { ...form, email: 'other@example.com' }, code)).toEqual(stale)
    expect(await invites.send({ ...key, appointmentId: 'A100005' }, form, code)).toEqual(stale)
    expect(await invites.send(key, form, '')).toEqual(stale)
    expect(await invites.send(key, {}, code)).toMatchObject({ kind: 'invalid' })
    expect(simulator.requests(({ endpoint }) => endpoint === 'qualiphy-invite')).toEqual([])
  })

  it('asks again within 24 hours only, and without end where nobody knows whether it went out', async () => {
    const { start, form, clock, simulator } = await startBench()
    const invites = start()
    const press = async () => invites.send(key, form, confirmationOf(invites, form))
    inviteIn(await press())
    clock.nowMs += DAY_MS - 1
    expect(await press()).toMatchObject({ kind: 'ask-again', earlier: [{ state: 'sent' }] })
    clock.nowMs += 1
    simulator.fault({ endpoint: 'qualiphy-invite', fault: { kind: 'reset-after' } })
    expect(inviteIn(await press()).state).toBe('may-have-been-sent')
    clock.nowMs += 5 * DAY_MS
    expect(await press()).toMatchObject({ kind: 'ask-again', earlier: [{ state: 'may-have-been-sent' }] })
  })

  it('is forgotten when its link is long dead, and no old confirmation sends it then', async () => {
    const { start, form, clock, foundation } = await startBench()
    const before = start()
    const code = confirmationOf(before, form)
    const { link } = inviteIn(await before.send(key, form, code))
    clock.nowMs += 38 * DAY_MS
    const after = start()
    expect(after.list()).toEqual([])
    expect(await after.send(key, form, code)).toEqual({ kind: 'stale' })
    const rows = foundation.journal.kept('qualiphy-invite').all((json) => json)
    expect(rows).toHaveLength(1)
    expect(rows.join('')).not.toContain(link)
    expect(await foundation.fault()).toBeNull()
  })

  it('is listed for its study alone', async () => {
    const { start, form } = await startBench()
    const invites = start()
    inviteIn(await invites.send(key, form, confirmationOf(invites, form)))
    expect(invites.list(key)).toHaveLength(1)
    expect(invites.list({ ...key, domain: 'other' })).toEqual([])
    expect(invites.list({ ...key, appointmentId: 'A100005' })).toEqual([])
  })
})

describe('a resend', () => {
  it('is made once by a double press', async () => {
    const { start, form, simulator } = await startBench()
    const invites = start()
    const { id, exams } = inviteIn(await invites.send(key, form, confirmationOf(invites, form)))
    const exam = exams[0]?.patientExamId ?? ''
    const first = invites.resend(id, exam, 0)
    expect(await invites.resend(id, exam, 0)).toMatchObject({ kind: 'refused' })
    expect(await first).toMatchObject({ kind: 'done', failure: null })
    expect(await invites.resend(id, exam, 0)).toMatchObject({ kind: 'refused' })
    expect(simulator.qualiphy.invites()[0]?.patientExams[0]?.resends).toBe(1)
  })

  it('that nobody heard the end of counts after a restart', async () => {
    const { start, form, simulator } = await startBench()
    const before = start()
    const { id, exams } = inviteIn(await before.send(key, form, confirmationOf(before, form)))
    simulator.fault({ endpoint: 'qualiphy-resend', fault: { kind: 'hold', when: 'after' } })
    const stopped = new AbortController()
    const pending = before.resend(id, exams[0]?.patientExamId ?? '', 0, stopped.signal)
    await simulator.waitForRequest(({ endpoint }) => endpoint === 'qualiphy-resend', { phase: 'received' })
    const after = start().list()
    expect(after[0]?.exams).toMatchObject([{ resends: 1, lastResend: 'may-have-been-sent' }])
    stopped.abort()
    // The first program is gone in truth; here it finds that its row has gone on without it.
    await expect(pending).rejects.toThrow('cannot follow')
  })
})

describe('an inbox with more than is read at once', () => {
  it.each([
    ['nobody can read', 'no json'],
    ['belongs to no invite', JSON.stringify({ patient_exam_id: '1', exam_status: 'Approved' })],
  ])('is read on behind what %s', async (_, body) => {
    const { start, form, inbox, simulator } = await startBench()
    const invites = start()
    const { exams } = inviteIn(await invites.send(key, form, confirmationOf(invites, form)))
    for (let n = 0; n < MAX_FILES; n += 1) await writeFile(join(inbox, `a${n}.json`), body)
    const result = await simulator.qualiphy.finish(Number(exams[0]?.patientExamId))
    await writeFile(join(inbox, 'z.json'), result.body)
    const [first, second] = [await invites.lookForResults(), await invites.lookForResults()]
    expect([first.taken, first.problems.length]).toEqual([0, MAX_FILES])
    expect([second.taken, second.problems.length]).toEqual([1, MAX_FILES])
  })
})

describe('the link as a QUBS comment', () => {
  it('is written down as a comment (AC) of the study, for a sent invite only', async () => {
    const { start, form, client, clock, foundation, simulator } = await startBench()
    const invites = start()
    const invite = inviteIn(await invites.send(key, form, confirmationOf(invites, form)))
    const parts = {
      foundation,
      server: client,
      now: () => clock.nowMs,
      random: () => 0.5,
      signal: new AbortController().signal,
    }
    const added = await addInviteComment(parts, invite)
    const title = simulator.qualiphy.exams().find(({ rxType }) => rxType === null)?.title
    expect(added).toMatchObject({
      ok: true,
      value: {
        kind: 'comment',
        state: { state: 'queued' },
        plan: {
          ...key,
          type: 'AC',
          text: `Qualiphy exam invite sent on 2026-11-20 at 01:02 UTC (${title}). Meeting link: ${invite.link}`,
        },
      },
    })
    expect(await addInviteComment(parts, { ...invite, link: null })).toMatchObject({ ok: false })
    simulator.setStatus('acme', 'A100003', 'REPORTED')
    expect(await addInviteComment(parts, invite)).toMatchObject({ ok: false, failure: { kind: 'gone' } })
    expect(foundation.journal.all()).toHaveLength(1)
    expect(await readdir(foundation.profile.spoolPath)).toEqual([])
  })
})

describe('an answer that could not be written down', () => {
  it('leaves the invite open, not under way for ever', async () => {
    const { start, form, foundation, simulator } = await startBench()
    let writes = 0
    const invites = start((put) => (...row) => {
      writes += 1
      // The attempt is the first, the answer the second: then the disk is full, once.
      if (writes === 2) throw Object.assign(new Error('full'), { code: 'ENOSPC' })
      put(...row)
    })
    await expect(invites.send(key, form, confirmationOf(invites, form))).rejects.toThrow('full')
    expect(simulator.qualiphy.invites()).toHaveLength(1)
    expect(invites.list()).toMatchObject([{ state: 'may-have-been-sent' }])
    const again = await invites.send(key, form, confirmationOf(invites, form))
    expect(again).toMatchObject({ kind: 'ask-again', earlier: [{ state: 'may-have-been-sent' }] })
    expect(
      foundation.journal
        .kept('qualiphy-invite')
        .all((json) => json)
        .join(''),
    ).not.toContain('"sending"')
  })
})
