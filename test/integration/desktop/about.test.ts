import { execFileSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { sampleAppointments, startSimulator, type Simulator } from '../../simulator/simulator.ts'
import { createDeskBench, credentialsOf, type DeskBench } from '../../support/desktop/desk-bench.ts'
import { pdfReport } from '../../support/station/sample-reports.ts'

let acme: Simulator
let bench: DeskBench

beforeEach(async () => {
  acme = await startSimulator({ appointments: sampleAppointments(Date.now()) })
  bench = await createDeskBench()
  await bench.connect(acme)
})
afterEach(async () => {
  await bench.remove()
  await acme.close()
  if (bench.bugs.length > 0) throw bench.bugs[0]
})

const settingsFile = async () => JSON.parse(await readFile(join(bench.profile, 'settings.json'), 'utf8'))

it('saves diagnostics where a person says, with nothing of a patient, no secret and no path', async () => {
  const study = acme.appointment('acme', 'A100001')
  await writeFile(join(bench.drop, 'Citizen.pdf'), await pdfReport(study))
  await expect.poll(() => acme.appointment('acme', 'A100001').reports.length, { timeout: 20_000 }).toBe(1)
  const path = join(bench.folder, 'bundle.json')
  bench.savePaths.push(path)
  expect(await bench.result('about.saveDiagnostics', {})).toEqual({ saved: true })
  const text = await readFile(path, 'utf8')
  expect(JSON.parse(text)).toMatchObject({
    radpost: '0.0.0-test',
    practices: [{ domain: 'acme', ok: true }],
    journal: { lastAnswers: expect.arrayContaining([expect.objectContaining({ step: 'report' })]) },
  })
  const { clientId, clientSecret } = credentialsOf(acme)
  const hidden = [
    study.lastName,
    study.patientId,
    study.dateOfBirth,
    'Citizen',
    clientId,
    clientSecret,
    bench.folder,
  ]
  for (const one of hidden) expect(text).not.toContain(one)
  expect(await bench.result('about.saveDiagnostics', {})).toEqual({ saved: false })
  expect(await bench.result('about.get', {})).toMatchObject({
    version: '0.0.0-test',
    profileLabel: 'profile',
  })
})

it('trusts a file of certificates by its name, refuses any other file, and forgets it again', async () => {
  const certificate = join(bench.folder, 'hospital.pem')
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-subj',
      '/CN=Hospital',
      '-keyout',
      '/dev/null',
      '-out',
      certificate,
    ],
    { stdio: 'ignore' },
  )
  bench.chosenFiles = [certificate]
  expect(await bench.result('network.chooseCa', {})).toMatchObject({ extraCaLabel: 'hospital.pem' })
  expect(await settingsFile()).toMatchObject({ network: { extraCaFile: certificate } })

  const other = join(bench.folder, 'letter.txt')
  await writeFile(other, 'BEGIN CERTIFICATE')
  bench.chosenFiles = [other]
  const refused = await bench.call('network.chooseCa', {})
  expect(refused).toMatchObject({ ok: false, code: 'invalid', message: expect.stringContaining('PEM') })
  expect(await settingsFile()).toMatchObject({ network: { extraCaFile: certificate } })

  expect(await bench.result('network.forgetCa', {})).toMatchObject({ extraCaLabel: null })
  expect(bench.crossed.join('\n')).not.toContain(bench.folder)
})

it('keeps the days of retention that were saved, within their limits', async () => {
  await bench.result('settings.save', { retention: { spoolDays: 0, auditDays: 3650 } })
  expect(await settingsFile()).toMatchObject({ retention: { spoolDays: 0, auditDays: 3650 } })
  const refused = await bench.call('settings.save', { retention: { spoolDays: 999, auditDays: 1 } })
  expect(refused).toMatchObject({ ok: false, code: 'invalid' })
})
