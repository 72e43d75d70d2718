import { clipboard } from 'electron'
import type { ClipboardPort } from './desk/clipboard.ts'

/** The only file that touches the system's clipboard. */
export const systemClipboard: ClipboardPort = {
  read: () => clipboard.readText(),
  write: (text) => clipboard.writeText(text),
  clear: () => clipboard.clear(),
}
