import { session } from 'electron'
import type { ResolveProxy } from '../http/proxy.ts'
import { proxyFromList } from './proxy-list.ts'

/** The system's own answer, PAC files and all, for the station's HTTP core (interfaces.md 2, network.proxy). */
export const resolveSystemProxy: ResolveProxy = async (url) =>
  proxyFromList(await session.defaultSession.resolveProxy(url))
