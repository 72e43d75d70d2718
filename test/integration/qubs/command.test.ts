import { describe, expect, it, onTestFinished } from 'vitest'
import { qubsCalls } from '../../../electron/command-line/qubs-calls.ts'
import { sampleAppointments, sampleSites, startSimulator } from '../../simulator/simulator.ts'
import { createWorkbench, type Workbench } from '../../support/station/workbench.ts'
import { startPractice, valueOf } from './practice.ts'

const samples = { appointments: sampleAppointments(Date.UTC(2026, 10, 20, 1, 2, 3)), sites: sampleSites() }

describe('every reading call of the table', () => {
  it.each(Object.keys(qubsCalls))('%s gets an answer, with and without its switches', async (name) => {
    const { client, simulator } = await startPractice(samples)
    const { comments, attachments } = simulator.appointment('acme', 'A100001')
    const guid = (name === 'comment' ? comments : attachments)[0]?.guid ?? ''
    const given: Record<string, string> = {
      APPOINTMENT: 'A100001',
      GUID: guid,
      STATUS: 'PENDING REPORTING',
      SITE: 'Central Clinic',
      PATIENT: '220001',
    }
    const call = qubsCalls[name]
    const parameters = (call?.parameters ?? []).map((parameter) => given[parameter] ?? '')
    for (const on of [false, true]) {
      const switches = {
        any: on && call?.switches.includes('any') === true,
        all: on && call?.switches.includes('all') === true,
      }
      const result = await call?.run(client, parameters, {}, switches)
      expect(result).toMatchObject({ ok: true })
      expect(JSON.stringify(result?.ok === true ? valueOf(result) : null).length).toBeGreaterThan(20)
    }
  })
})

describe('radpost qubs', () => {
  async function startBench(): Promise<Workbench> {
    const simulator = await startSimulator(samples)
    onTestFinished(() => simulator.close())
    const bench = await createWorkbench(simulator)
    onTestFinished(() => bench.remove())
    return bench
  }

  it('hands the options over, named and typed as the parameters of the client', async () => {
    const bench = await startBench()
    const args = ['referrer-operational', '--site', 'Northside Clinic', '--skip', '1', '--take', '2']
    const more = [
      '--start-date',
      '2026-11-20',
      '--end-date',
      '2026-11-20',
      '--utc-offset-minutes=-600',
      '--json',
    ]
    const { code, json } = await bench.run(['qubs', ...args, ...more])
    expect(code).toBe(0)
    expect(json).toMatchObject({
      items: [{ appointmentId: 'A100006' }, { appointmentId: 'A100009' }],
      unreadable: [],
    })
  })

  it('says what is wrong with a call in one sentence, and ends with 2', async () => {
    const bench = await startBench()
    const said = async (...args: string[]): Promise<unknown[]> => {
      const { code, stdout, stderr } = await bench.run(['qubs', ...args])
      return [code, stdout, stderr.trim().split('\n')[0]]
    }
    expect(await said('pending', '--page-size', 'ten')).toEqual([
      2,
      '',
      'pageSize must be a whole number from 1 to 500.',
    ])
    expect(await said('operational', '--date', '20-11-2026')).toEqual([
      2,
      '',
      'appointmentDate must be a date such as 2026-11-20.',
    ])
    expect(await said('patient')).toEqual([2, '', 'Usage: radpost qubs patient PATIENT'])
    expect(await said('sites', '--any')).toEqual([2, '', 'Usage: radpost qubs sites'])
    expect(await said('toString')).toMatchObject([2, '', expect.stringMatching(/^Usage: radpost qubs CALL/)])
    expect(await said('pending', '--all', '--page-size', '5')).toMatchObject([
      2,
      '',
      expect.stringMatching(/^--all reads/),
    ])
    expect(await said('site', 'Atlantis')).toMatchObject([5, '', expect.stringMatching(/404/)])
  })
})
