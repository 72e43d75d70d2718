import { onTestFinished } from 'vitest'
import { createQubsClient, type QubsClient, type QubsOptions } from '../../../electron/qubs/client.ts'
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/simulator.ts'
import { open } from './http-core.ts'

export type SimulatedPractice = {
  readonly simulator: Simulator
  readonly client: QubsClient
  /** Waits that the client asked for, in milliseconds; they pass at once. */
  readonly waits: number[]
  readonly clock: { nowMs: number }
  /** Path and query of every request to the API since the last call, without the tokens'. */
  readonly asked: () => string[]
}

/** The real client against the simulator, on one clock that stands still until it is moved. */
export async function startPractice(
  options: SimulatorOptions = {},
  clientOptions: Partial<QubsOptions> = {},
): Promise<SimulatedPractice> {
  const clock = { nowMs: Date.UTC(2026, 10, 20, 1, 2, 3) }
  const now = (): number => clock.nowMs
  const simulator = await startSimulator({ now, seed: 1, ...options })
  onTestFinished(() => simulator.close())
  const [registered] = simulator.clients
  const waits: number[] = []
  let known = 0
  const client = createQubsClient({
    practice: { domain: 'acme', name: 'acme', baseUrl: simulator.baseUrl, tokenUrl: simulator.tokenUrl },
    credentials: async () => registered ?? null,
    http: open({ now }),
    now,
    random: () => 0.5,
    sleep: (ms) => {
      waits.push(ms)
      return Promise.resolve()
    },
    ...clientOptions,
  })
  return {
    simulator,
    client,
    waits,
    clock,
    asked() {
      const all = simulator.requests(({ endpoint, server }) => server === 'api' && endpoint !== 'token')
      const fresh = all.slice(known)
      known = all.length
      return fresh.map(({ path, query }) => {
        const below = path.replace('/integrations/v1/acme', '')
        return query === '' ? below : `${below}?${query}`
      })
    },
  }
}

/** The value of a call that must work. */
export function valueOf<T>(
  result:
    | { readonly ok: true; readonly value: T }
    | { readonly ok: false; readonly failure: { readonly message: string } },
): T {
  if (!result.ok) throw new Error(result.failure.message)
  return result.value
}
