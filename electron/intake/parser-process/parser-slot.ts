import { parserMessage } from './messages.ts'
import type { ParserMessage, ParserRequest } from './messages.ts'
import type { ParserProcess, StartParserProcess } from './transport.ts'

/** Limits of one parser process. */
export type ParserLimits = {
  /** Memory of the whole process in mebibytes. */
  readonly maxMemoryMb: number
  /** For one file, from handing it over to its answer. */
  readonly timeLimitMs: number
  /** An unused process is ended after this time. */
  readonly idleMs: number
}

/** Starting takes well under a second; a machine that needs longer than this has other troubles. */
const START_LIMIT_MS = 30_000
const MEMORY_LOOK_MS = 100
/** A process that holds more than this share of its memory after a file is not used for the next one. */
const REUSE_SHARE = 0.6

export type Job = Omit<ParserRequest, 'id'>

/** `lost`: the process crashed, or was ended for passing a limit. */
export type JobOutcome =
  { readonly kind: 'answer'; readonly message: ParserMessage } | { readonly kind: 'lost' }

/** A place for one parser process, which works on one file at a time. */
export type ParserSlot = {
  /**
   * Hands over one job; call it only while no other runs here. Rejects when no process can be started, and with the
   * signal's reason when that aborts (the process is ended then).
   */
  run(job: Job, signal?: AbortSignal): Promise<JobOutcome>
  /** Ends the process, if there is one, and waits for its end. */
  end(): Promise<void>
}

/** A started process together with what it says. */
type Running = {
  readonly process: ParserProcess
  readonly ready: Promise<boolean>
  readonly exited: Promise<void>
  /** Receives the next messages; replaced by each job. */
  listen: (message: ParserMessage) => void
}

export function createParserSlot(limits: ParserLimits, start: StartParserProcess): ParserSlot {
  let running: Running | null = null
  let idleTimer: NodeJS.Timeout | undefined
  let nextId = 1

  function launch(): Running {
    const ready = Promise.withResolvers<boolean>()
    const exited = Promise.withResolvers<void>()
    const process = start(limits.maxMemoryMb, {
      onMessage: (raw) => {
        const message = parserMessage.safeParse(raw)
        // What does not fit the schema is no answer; the time limit ends such a process.
        if (!message.success) return
        if (message.data.kind === 'ready') ready.resolve(true)
        else launched.listen(message.data)
      },
      onExit: () => {
        if (running === launched) running = null
        ready.resolve(false)
        exited.resolve()
      },
    })
    const launched: Running = {
      process,
      ready: ready.promise,
      exited: exited.promise,
      listen: () => undefined,
    }
    const startTimer = setTimeout(() => process.kill(), START_LIMIT_MS)
    void ready.promise.finally(() => clearTimeout(startTimer))
    return launched
  }

  async function readyProcess(): Promise<Running> {
    clearTimeout(idleTimer)
    // Twice, because a waiting process may have ended a moment ago without that having been told yet.
    for (let attempt = 0; attempt < 2; attempt++) {
      running ??= launch()
      const candidate = running
      if (await candidate.ready) return candidate
      if (running === candidate) running = null
    }
    throw new Error('The process that reads reports could not be started.')
  }

  async function run(job: Job, signal?: AbortSignal): Promise<JobOutcome> {
    signal?.throwIfAborted()
    const current = await readyProcess()
    const id = nextId++
    const answer = Promise.withResolvers<JobOutcome>()
    current.listen = (message) => {
      if (message.kind !== 'ready' && message.id === id) answer.resolve({ kind: 'answer', message })
    }
    const kill = () => current.process.kill()
    const timer = setTimeout(kill, limits.timeLimitMs)
    const memoryWatch = setInterval(() => void endIfOver(current, 1), MEMORY_LOOK_MS)
    signal?.addEventListener('abort', kill, { once: true })
    try {
      signal?.throwIfAborted()
      current.process.send({ id, ...job })
      const outcome = await Promise.race([
        answer.promise,
        current.exited.then((): JobOutcome => ({ kind: 'lost' })),
      ])
      signal?.throwIfAborted()
      return outcome
    } finally {
      clearTimeout(timer)
      clearInterval(memoryWatch)
      signal?.removeEventListener('abort', kill)
      current.listen = () => undefined
      await rest(current)
    }
  }

  async function endIfOver(current: Running, share: number): Promise<void> {
    const bytes = await current.process.residentBytes()
    if (bytes !== null && bytes > limits.maxMemoryMb * 1024 * 1024 * share) retire(current)
  }

  /** After a job: a bloated process is ended, so that the next file does not pay for this one; another one waits. */
  async function rest(current: Running): Promise<void> {
    await endIfOver(current, REUSE_SHARE)
    if (running !== current) return
    idleTimer = setTimeout(() => retire(current), limits.idleMs)
    idleTimer.unref()
  }

  function retire(current: Running): void {
    if (running === current) running = null
    current.process.kill()
  }

  async function end(): Promise<void> {
    clearTimeout(idleTimer)
    const current = running
    if (current === null) return
    retire(current)
    await current.exited
  }

  return { run, end }
}
