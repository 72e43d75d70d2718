import type { ParserMessage } from './messages.ts'
import { serveParser } from './serve.ts'

/** Entry of the parser process on plain Node. It answers its owner's requests, and ends when its owner is gone. */

function tell(message: ParserMessage): void {
  process.send?.(message)
}

const service = serveParser(Number(process.argv[2]), tell)
process.on('message', (message) => void service.answer(message))
process.on('disconnect', () => process.exit(0))
tell({ kind: 'ready' })
