import { EventEmitter } from 'node:events'

/**
 * Loaded first into each process of `utilityProcess.fork`: gives it `process.parentPort` over the IPC channel of
 * `child_process`, and hides that channel.
 */

const toParent = process.send?.bind(process)
const waiting: unknown[] = []

class ParentPort extends EventEmitter {
  postMessage(message: unknown): void {
    toParent?.(message)
  }
  start(): void {}
  close(): void {}
}

const port = new ParentPort()
// As in Electron, messages wait until somebody listens.
port.on('newListener', (event) => {
  if (event === 'message')
    setImmediate(() => waiting.splice(0).forEach((data) => port.emit('message', { data, ports: [] })))
})
process.on('message', (data) => {
  if (port.listenerCount('message') === 0) waiting.push(data)
  else port.emit('message', { data, ports: [] })
})
// A utility process never outlives its app.
process.on('disconnect', () => process.exit(0))
Object.assign(process, { parentPort: port, send: undefined, type: 'utility' })
