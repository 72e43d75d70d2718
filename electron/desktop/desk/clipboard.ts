/** The system's clipboard, as far as Radpost uses it. */
export type ClipboardPort = {
  read(): Promise<string>
  write(text: string): Promise<void>
  clear(): void
}

export type Clipboard = {
  /** `sensitive`: of a patient, or a link; it does not stay longer than {@link SENSITIVE_MS}, nor after the end. */
  copyText(text: string, options: { readonly sensitive: boolean }): Promise<void>
  /** Takes away what was copied and is still there; call it when the app ends. */
  clear(): Promise<void>
}

/** How long the clipboard may hold what is of a patient, in milliseconds. */
export const SENSITIVE_MS = 60_000

/** Only what Radpost itself put there is ever taken away: what a person copied since is theirs. */
export function createClipboard(port: ClipboardPort): Clipboard {
  let ours: string | null = null
  let timer: NodeJS.Timeout | undefined

  async function clear(): Promise<void> {
    clearTimeout(timer)
    const text = ours
    if (text === null) return
    const isStillThere = (await port.read()) === text
    if (ours !== text) return
    ours = null
    if (isStillThere) port.clear()
  }

  return {
    clear,
    async copyText(text, { sensitive }) {
      clearTimeout(timer)
      // Known before it is there, so that an end in between takes it away too.
      ours = sensitive ? text : null
      await port.write(text)
      // A clipboard that refuses now is asked once more at the end.
      if (sensitive) timer = setTimeout(() => void clear().catch(() => undefined), SENSITIVE_MS)
    },
  }
}
