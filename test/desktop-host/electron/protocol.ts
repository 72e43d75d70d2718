import type { CustomScheme, Protocol } from 'electron'
import { NotInStandIn, strict } from './strict.ts'

type Handler = (request: Request) => Response | Promise<Response>

const handlers = new Map<string, Handler>()
const privileged = new Set<string>()
let ready = false

/** From now on privileges come too late, as in Electron. */
export function closeRegistration(): void {
  ready = true
}

/** The app's own schemes, with and without a handler. */
export function ownSchemes(): ReadonlySet<string> {
  return new Set([...privileged, ...handlers.keys()])
}

export function handlerOf(scheme: string): Handler | undefined {
  return handlers.get(scheme)
}

const standIn = {
  registerSchemesAsPrivileged(schemes: CustomScheme[]): void {
    if (ready) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    for (const { scheme, privileges } of schemes) {
      // Without these Chromium would give such a page neither an origin nor storage: the mapping would hide that.
      if (privileges?.standard !== true || privileges.secure !== true)
        throw new NotInStandIn(`scheme "${scheme}" that is not standard and secure`)
      privileged.add(scheme)
    }
  },
  handle(scheme: string, handler: Handler): void {
    if (!ready) throw new Error('protocol.handle can only be used after app is ready')
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`)
    if (!privileged.has(scheme)) throw new NotInStandIn(`scheme "${scheme}" without privileges`)
    handlers.set(scheme, handler)
  },
  unhandle: (scheme: string): void => void handlers.delete(scheme),
  isProtocolHandled: (scheme: string): boolean => handlers.has(scheme),
} satisfies Pick<Protocol, 'registerSchemesAsPrivileged' | 'unhandle' | 'isProtocolHandled'> & {
  handle: unknown
}

export const protocol = strict('protocol', standIn)
