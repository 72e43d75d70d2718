import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  createClipboard,
  SENSITIVE_MS,
  type ClipboardPort,
} from '../../../electron/desktop/desk/clipboard.ts'

/** What the system's clipboard holds; `isBusy`: another program keeps it open, as on Windows. */
let held = ''
let isBusy = false
const port: ClipboardPort = {
  read: () => (isBusy ? Promise.reject(new Error('The clipboard is busy.')) : Promise.resolve(held)),
  write: async (text) => {
    held = text
  },
  clear: () => {
    held = ''
  },
}

describe('the clipboard', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    held = ''
    isBusy = false
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('loses what was copied of a patient after a minute, and not before', async () => {
    const clipboard = createClipboard(port)
    await clipboard.copyText('Nguyen, Anh', { sensitive: true })
    await vi.advanceTimersByTimeAsync(SENSITIVE_MS - 1)
    expect(held).toBe('Nguyen, Anh')
    await vi.advanceTimersByTimeAsync(1)
    expect(held).toBe('')
  })

  it('keeps what the person copied elsewhere since', async () => {
    const clipboard = createClipboard(port)
    await clipboard.copyText('Nguyen, Anh', { sensitive: true })
    held = 'a shopping list'
    await vi.advanceTimersByTimeAsync(SENSITIVE_MS)
    await clipboard.clear()
    expect(held).toBe('a shopping list')
  })

  it('counts the minute from the last copy', async () => {
    const clipboard = createClipboard(port)
    await clipboard.copyText('Nguyen, Anh', { sensitive: true })
    await vi.advanceTimersByTimeAsync(SENSITIVE_MS - 1)
    await clipboard.copyText('A104183', { sensitive: true })
    await vi.advanceTimersByTimeAsync(SENSITIVE_MS - 1)
    expect(held).toBe('A104183')
    await vi.advanceTimersByTimeAsync(1)
    expect(held).toBe('')
  })

  it('is emptied when the app ends', async () => {
    const clipboard = createClipboard(port)
    await clipboard.copyText('https://example.org/exam?token=1', { sensitive: true })
    await clipboard.clear()
    expect(held).toBe('')
  })

  it('tries again at the end where the system refused after the minute', async () => {
    const clipboard = createClipboard(port)
    await clipboard.copyText('Nguyen, Anh', { sensitive: true })
    isBusy = true
    await vi.advanceTimersByTimeAsync(SENSITIVE_MS)
    expect(held).toBe('Nguyen, Anh')
    isBusy = false
    await clipboard.clear()
    expect(held).toBe('')
  })

  it('leaves alone what is of nobody', async () => {
    const clipboard = createClipboard(port)
    await clipboard.copyText('0.1.0', { sensitive: false })
    await vi.advanceTimersByTimeAsync(SENSITIVE_MS)
    await clipboard.clear()
    expect(held).toBe('0.1.0')
  })
})
