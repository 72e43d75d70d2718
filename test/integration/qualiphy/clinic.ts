import { onTestFinished } from 'vitest'
import {
  createQualiphyClient,
  type QualiphyClient,
  type QualiphyOptions,
} from '../../../electron/qualiphy/client.ts'
import { checkInvite } from '../../../shared/qualiphy-form.ts'
import type { Invite } from '../../../shared/qualiphy.ts'
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/simulator.ts'
import { open } from '../qubs/http-core.ts'

export type SimulatedClinic = {
  readonly simulator: Simulator
  readonly client: QualiphyClient
}

/** The real client against the simulated clinic. */
export async function startClinic(
  options: SimulatorOptions = {},
  clientOptions: Partial<QualiphyOptions> = {},
): Promise<SimulatedClinic> {
  const simulator = await startSimulator({ seed: 1, ...options })
  onTestFinished(() => simulator.close())
  return {
    simulator,
    client: clientFor(simulator.qualiphy.baseUrl, simulator.qualiphy.apiKey, clientOptions),
  }
}

/** The real client against any server; waits pass at once. */
export function clientFor(
  baseUrl: string,
  apiKey: string | null,
  options: Partial<QualiphyOptions> = {},
): QualiphyClient {
  return createQualiphyClient({
    settings: { baseUrl },
    credentials: () => Promise.resolve(apiKey === null ? null : { apiKey }),
    http: open(),
    random: () => 0.5,
    sleep: () => Promise.resolve(),
    ...options,
  })
}

/** The samples as the form understands them. */
export function inviteOf(form: object): Invite {
  const read = checkInvite(form, '2026-11-21', null)
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join(' '))
  return read.invite
}
