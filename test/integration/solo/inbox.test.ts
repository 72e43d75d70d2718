import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createSoloInbox, MAX_BODY_BYTES } from '../../../electron/solo/inbox.ts'
import { MAX_FILES } from '../../../electron/intake/inbox-files.ts'
import { forgetWebhookKey, keepWebhookKey, readWebhookKeys } from '../../../electron/solo/webhook-keys.ts'
import { createMemoryVault } from '../../../electron/vault/memory.ts'
import type { SimulatorOptions } from '../../simulator/simulator.ts'
import { startTenant, valueOf } from './tenant.ts'

const endpoint = 'https://relay.example.org/solo'

/** A tenant with a webhook for appointments whose bodies a relay drops into a folder. */
async function start(options: SimulatorOptions = {}) {
  const tenant = await startTenant(options)
  const { solo } = tenant.simulator
  solo.addPatient({ id: '220001' })
  const { id } = solo.addVisit({ patientId: '220001' })
  const folder = await mkdtemp(join(tmpdir(), 'radpost-inbox-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const webhook = valueOf(await tenant.client.createWebhook({ endpoint, events: ['appointment:scheduled'] }))
  const relay = async (name: string): Promise<void> => {
    const { body } = await solo.sendWebhook({ event: 'appointment:scheduled', appointmentId: id })
    await writeFile(join(folder, name), body)
  }
  return { ...tenant, folder, webhook, relay, appointmentId: id }
}

describe('the inbox for webhooks', () => {
  it.each([
    ['text', 'bare'],
    ['text', 'json-string'],
    ['bytes', 'bare'],
    ['bytes', 'object'],
  ] as const)(
    'opens bodies that are sealed with the %s of the key, %s',
    async (soloWebhookKey, soloWebhookBody) => {
      const { folder, webhook, relay, appointmentId } = await start({ soloWebhookKey, soloWebhookBody })
      const look = createSoloInbox()
      const keys = { other: 'AAAAAAAAAAAAAAAAAAAAAA==', [webhook.id]: webhook.encryptionKey }
      await relay('1.json')
      await writeFile(join(folder, '2.json.part'), 'not yet')
      const hint = { event: 'appointment:scheduled', appointmentId }
      expect(await look(folder, keys)).toEqual({ hints: [hint], problems: [], fault: null })
      expect(await look(folder, keys)).toEqual({ hints: [], problems: [], fault: null })
      expect(await readdir(join(folder, 'Taken'))).toEqual(['1.json'])
    },
  )

  it('leaves what it cannot open where it is, says so, and opens it when the key is there', async () => {
    const { folder, webhook, relay } = await start()
    await relay('1.json')
    await relay('2.json')
    await writeFile(join(folder, '3.json'), 'nonsense')
    await writeFile(join(folder, '4.json'), 'x'.repeat(MAX_BODY_BYTES + 1))
    await writeFile(join(folder, '5.json'), '')
    await mkdir(join(folder, 'folder'))
    const look = createSoloInbox()
    const reasons = async (keys: Record<string, string>) => {
      const { hints, problems } = await look(folder, keys)
      return [hints.length, ...problems.map(({ file, reason }) => `${file} ${reason}`)]
    }
    expect(await reasons({})).toEqual([
      0,
      '1.json no-keys',
      '2.json no-keys',
      '3.json no-keys',
      '4.json too-large',
    ])
    expect(await reasons({ w: 'wrong' })).toEqual([
      0,
      '1.json not-opened',
      '2.json not-opened',
      '3.json not-opened',
      '4.json too-large',
    ])
    const right = { [webhook.id]: webhook.encryptionKey }
    expect(await reasons(right)).toEqual([2, '3.json not-opened', '4.json too-large'])
  })

  it('with more than it reads at once reads on behind what stays', async () => {
    const { folder, webhook, relay } = await start()
    const keys = { [webhook.id]: webhook.encryptionKey }
    const look = createSoloInbox()
    for (let n = 0; n < MAX_FILES; n += 1) await writeFile(join(folder, `a${n}.json`), 'nonsense')
    await relay('z.json')
    const [first, second] = [await look(folder, keys), await look(folder, keys)]
    expect([first.hints.length, first.problems.length]).toEqual([0, MAX_FILES])
    expect([second.hints.length, second.problems.length]).toEqual([1, MAX_FILES])
    await writeFile(join(folder, 'a1.json'), '')
    expect((await look(folder, keys)).problems).toHaveLength(MAX_FILES - 1)
  })

  it('that is not there is said in one sentence; one that is not set is no fault', async () => {
    const look = createSoloInbox()
    const missing = await look(join(tmpdir(), 'radpost-no-such-folder'), {})
    expect(missing.fault).toMatch(/cannot be read \(ENOENT\)/)
    expect(await look(undefined, {})).toEqual({ hints: [], problems: [], fault: null })
  })
})

describe('the keys of webhooks', () => {
  it('are kept in the vault beside each other, and forgotten one by one', async () => {
    const vault = createMemoryVault()
    expect(await readWebhookKeys(vault)).toEqual({})
    await keepWebhookKey(vault, 'a', 'k1')
    await keepWebhookKey(vault, 'b', 'k2')
    await keepWebhookKey(vault, 'a', 'k3')
    expect(await readWebhookKeys(vault)).toEqual({ a: 'k3', b: 'k2' })
    await forgetWebhookKey(vault, 'a')
    await forgetWebhookKey(vault, 'c')
    expect(await readWebhookKeys(vault)).toEqual({ b: 'k2' })
    await forgetWebhookKey(vault, 'b')
    expect(await vault.get('solo:webhookKeys')).toBeNull()
  })

  it('are all kept when they come at once', async () => {
    const vault = createMemoryVault()
    await keepWebhookKey(vault, 'a', 'k1')
    await Promise.all([
      keepWebhookKey(vault, 'b', 'k2'),
      forgetWebhookKey(vault, 'a'),
      keepWebhookKey(vault, 'c', 'k3'),
    ])
    expect(await readWebhookKeys(vault)).toEqual({ b: 'k2', c: 'k3' })
  })

  it('that would not fit are refused, and the others stay', async () => {
    const vault = createMemoryVault()
    await keepWebhookKey(vault, 'a', 'k1')
    await expect(keepWebhookKey(vault, 'b', 'x'.repeat(2_500))).rejects.toThrow(/no room/)
    expect(await readWebhookKeys(vault)).toEqual({ a: 'k1' })
    await vault.set('solo:webhookKeys', '[]')
    await expect(readWebhookKeys(vault)).rejects.toMatchObject({ reason: 'corrupt' })
  })
})
