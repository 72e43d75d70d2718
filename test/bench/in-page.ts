import type { Page } from 'playwright-core'
import type { PendingAppointment } from '../../shared/worklist.ts'
import type { FakeRadpost } from '../../renderer/dev/fake-radpost.ts'

/** What is measured inside the page, on its own clock (milliseconds of `performance.now()`). */
type PageClock = {
  /** The window got its worklist. */
  answeredMs: number | null
  /** The first row is on the screen. */
  rowsMs: Promise<number>
  /** From the key to the frame that shows its result. */
  keystroke: Promise<number>
  /** Lengths of the frames since they are watched. */
  frames: number[]
  watchesFrames: boolean
}

declare global {
  interface Window {
    benchClock: PageClock
    fakeRadpost?: FakeRadpost
  }
}

/** Loads the window anew with these studies and puts the clock into it. */
export async function loadWith(page: Page, appointments: readonly PendingAppointment[]): Promise<void> {
  await page.addInitScript((studies) => {
    const fake = window.fakeRadpost
    if (fake === undefined) throw new Error('The page has no sample data to measure with.')
    fake.data.appointments = [...studies]
    const clock: PageClock = {
      answeredMs: null,
      rowsMs: Promise.resolve(0),
      keystroke: Promise.resolve(0),
      frames: [],
      watchesFrames: false,
    }
    const call = fake.call.bind(fake)
    fake.call = async (name, args) => {
      const answer = await call(name, args)
      if (name === 'worklist.get') clock.answeredMs ??= performance.now()
      return answer
    }
    clock.rowsMs = new Promise((resolve) => {
      const look = (): void => {
        if (document.querySelector('[role="grid"] [role="row"][data-key]') === null) {
          requestAnimationFrame(look)
          return
        }
        // Posted from a frame, a message arrives when that frame is on the screen.
        const { port1, port2 } = new MessageChannel()
        port1.addEventListener('message', () => resolve(performance.now()))
        port1.start()
        port2.postMessage(null)
      }
      requestAnimationFrame(look)
    })
    window.benchClock = clock
  }, appointments)
  await page.reload()
}

/** From the answer of the main process to the first rows on the screen, in milliseconds. */
export function firstRowsMs(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { benchClock } = window
    const rowsMs = await benchClock.rowsMs
    return rowsMs - (benchClock.answeredMs ?? Number.NaN)
  })
}

/**
 * Presses a key in the search and measures until the frame that shows `rows` rows, in milliseconds.
 * @param rows how many studies match by then
 */
export async function keystrokeMs(page: Page, key: string, rows: number): Promise<number> {
  await page.evaluate((expected) => {
    window.benchClock.keystroke = new Promise((resolve) => {
      const pressed = (event: KeyboardEvent): void => {
        const look = (): void => {
          // The head of the table is a row too.
          const count =
            Number(document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount') ?? 1) - 1
          if (count !== expected) {
            requestAnimationFrame(look)
            return
          }
          const { port1, port2 } = new MessageChannel()
          port1.addEventListener('message', () => resolve(performance.now() - event.timeStamp))
          port1.start()
          port2.postMessage(null)
        }
        requestAnimationFrame(look)
      }
      document.addEventListener('keydown', pressed, { capture: true, once: true })
    })
  }, rows)
  await page.keyboard.press(key)
  return page.evaluate(() => window.benchClock.keystroke)
}

/** Lengths of all frames while `act` scrolls, in milliseconds. */
export async function framesWhile(page: Page, act: () => Promise<void>): Promise<readonly number[]> {
  await page.evaluate(() => {
    const { benchClock } = window
    benchClock.frames = []
    benchClock.watchesFrames = true
    let last: number | null = null
    const frame = (nowMs: number): void => {
      if (last !== null) benchClock.frames.push(nowMs - last)
      last = nowMs
      if (benchClock.watchesFrames) requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
  await act()
  return page.evaluate(() => {
    window.benchClock.watchesFrames = false
    return window.benchClock.frames
  })
}
