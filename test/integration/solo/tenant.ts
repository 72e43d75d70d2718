import { onTestFinished } from 'vitest'
import type { PendingAppointment } from '../../../shared/worklist.ts'
import { createSoloClient, type SoloClient, type SoloOptions } from '../../../electron/solo/client.ts'
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/simulator.ts'
import { open } from '../qubs/http-core.ts'

export { valueOf } from '../qubs/practice.ts'

/** Friday morning; in seconds as Solo has it. */
export const nowMs = Date.UTC(2026, 10, 20, 1, 2, 3)
export const nowSeconds = Math.floor(nowMs / 1000)

export type SimulatedTenant = {
  readonly simulator: Simulator
  readonly client: SoloClient
  /** Waits that the client asked for, in milliseconds; they pass at once. */
  readonly waits: number[]
  /** `METHOD path` of every request to Solo since the last call. */
  readonly asked: () => string[]
}

/** The real client against the simulated tenant. */
export async function startTenant(
  options: SimulatorOptions = {},
  clientOptions: Partial<SoloOptions> = {},
): Promise<SimulatedTenant> {
  const now = (): number => nowMs
  const simulator = await startSimulator({ now, seed: 1, ...options })
  onTestFinished(() => simulator.close())
  const { baseUrl, apiKey } = simulator.solo
  const waits: number[] = []
  let known = 0
  const client = createSoloClient({
    baseUrl,
    credentials: () => Promise.resolve({ apiKey }),
    http: open({ now }),
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
    asked() {
      const all = simulator.requests(({ endpoint }) => endpoint.startsWith('solo-'))
      const fresh = all.slice(known)
      known = all.length
      return fresh.map(({ method, path }) => `${method} ${path.replace('/qapi/v1/', '')}`)
    },
  }
}

/** A study of an invented patient. */
export const study: Pick<
  PendingAppointment,
  | 'domain'
  | 'appointmentId'
  | 'patientId'
  | 'patientName'
  | 'firstName'
  | 'lastName'
  | 'dateOfBirth'
  | 'gender'
> = {
  domain: 'acme',
  appointmentId: 'A100001',
  patientId: '220001',
  patientName: 'Jane Doe',
  firstName: 'Jane',
  lastName: 'Doe',
  dateOfBirth: '1988-03-03',
  gender: 'F',
}

export const pdf = (text = 'report'): Uint8Array => new TextEncoder().encode(`%PDF-1.7\n${text}\n%%EOF\n`)
