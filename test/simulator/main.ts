import { parseArgs } from 'node:util'
import {
  sampleAppointments,
  sampleSites,
  sampleSoloPatients,
  sampleSoloVisits,
  startSimulator,
  type Simulator,
} from './simulator.ts'

/** Entry of `npm run simulator`: starts the simulator with sample data and stays until it is interrupted. */

const usage = 'Usage: npm run simulator -- [--port NUMBER] [--seed NUMBER] [--json]'

function readPort(text: string | undefined): number | null {
  if (text === undefined) return 0
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : null
}

function describe(simulator: Simulator): string {
  const { solo, qualiphy } = simulator
  const [client] = simulator.clients
  return `QUBS simulator, with sample appointments of the domain "acme", Solo and Qualiphy. Nothing in it is real.

  API            ${simulator.baseUrl}
  Token address  ${simulator.tokenUrl}
  Object store   ${simulator.storeUrl}
  Client id      ${client?.clientId}
  Client secret  ${client?.clientSecret}
  Solo           ${solo.baseUrl}
  Api-Key        ${solo.apiKey}
  Teams token    ${solo.teamsToken}
  Linking secret ${solo.linkingSecret}
  Qualiphy       ${qualiphy.baseUrl}
  api_key        ${qualiphy.apiKey}

In settings.json:
  "practices": [{ "domain": "acme", "baseUrl": "${simulator.baseUrl}", "tokenUrl": "${simulator.tokenUrl}" }],
  "solo": { "baseUrl": "${solo.baseUrl}" }, "qualiphy": { "baseUrl": "${qualiphy.baseUrl}" }

To look inside and to make things go wrong (test/simulator/README.md has all of it):
  curl ${simulator.baseUrl}/_simulator/state
  curl ${simulator.baseUrl}/_simulator/requests
  curl -H 'Content-Type: application/json' -d '{"endpoint":"report","fault":{"kind":"throttle"}}' ${simulator.baseUrl}/_simulator/faults

Ctrl+C ends it.
`
}

const options = { port: { type: 'string' }, seed: { type: 'string' }, json: { type: 'boolean' } } as const

async function main(): Promise<void> {
  let values: { port?: string | undefined; seed?: string | undefined; json?: boolean | undefined }
  try {
    values = parseArgs({ options }).values
  } catch {
    process.stderr.write(`${usage}\n`)
    process.exitCode = 2
    return
  }
  const port = readPort(values.port)
  if (port === null) {
    process.stderr.write(`--port must be a number from 0 to 65535. ${usage}\n`)
    process.exitCode = 2
    return
  }
  if (values.seed !== undefined && !/^\d{1,9}$/.test(values.seed)) {
    process.stderr.write(`--seed must be a whole number of at most nine digits. ${usage}\n`)
    process.exitCode = 2
    return
  }
  let simulator: Simulator
  try {
    const appointments = sampleAppointments()
    simulator = await startSimulator({
      port,
      appointments,
      sites: sampleSites(),
      soloPatients: sampleSoloPatients(appointments),
      soloVisits: sampleSoloVisits(appointments, Date.now()),
      ...(values.seed === undefined ? {} : { seed: Number(values.seed) }),
    })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    process.stderr.write(
      code === 'EADDRINUSE'
        ? `Port ${port} is in use: choose another with --port, or leave --port out.\n`
        : `The simulator could not start (${code}).\n`,
    )
    process.exitCode = 4
    return
  }
  const { baseUrl, tokenUrl, storeUrl, clients } = simulator
  const { baseUrl: soloUrl, apiKey: soloKey, teamsToken, linkingSecret, presetId } = simulator.solo
  const solo = { baseUrl: soloUrl, apiKey: soloKey, teamsToken, linkingSecret, presetId }
  const qualiphy = { baseUrl: simulator.qualiphy.baseUrl, apiKey: simulator.qualiphy.apiKey }
  process.stdout.write(
    values.json === true
      ? `${JSON.stringify({ baseUrl, tokenUrl, storeUrl, clients, solo, qualiphy, controlUrl: `${baseUrl}/_simulator/` })}\n`
      : describe(simulator),
  )
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void simulator.close())
  }
}

await main()
