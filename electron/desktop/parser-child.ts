import type { ParserMessage } from '../intake/parser-process/messages.ts'
import { serveParser } from '../intake/parser-process/serve.ts'

/** Entry of the parser process under Electron: a utility process, which ends with the app that started it. */

function tell(message: ParserMessage): void {
  // A port between two processes of ours has no origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  process.parentPort.postMessage(message)
}

const service = serveParser(Number(process.argv[2]), tell)
process.parentPort.on('message', ({ data }) => void service.answer(data))
tell({ kind: 'ready' })
