import { appendFile, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LedgerKeyDamaged, openLedger, type LedgerLine } from '../../../electron/station/ledger.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'radpost-unit-'))
  await mkdir(join(root, '.radpost'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

const path = () => join(root, '.radpost', 'ledger')
const line = (number: number, what: LedgerLine['what'] = 'delivered') =>
  ({
    what,
    domain: 'acme',
    appointmentId: `A10000${number}`,
    status: 'final',
    reportedAtUtc: '2026-11-19T01:00:00Z',
    contentSha256: `${number}`.repeat(64),
    deliveryId: `delivery-${number}`,
    at: '2026-11-20T00:00:00.000Z',
  }) as LedgerLine

describe('the ledger', () => {
  it('tells a successor what was delivered, and what was only begun', async () => {
    const first = await openLedger(root)
    await first.append(line(1, 'intent'))
    await first.append(line(1))
    await first.append(line(2, 'intent'))
    const second = await openLedger(root)
    expect(second.delivered().map(({ deliveryId }) => deliveryId)).toEqual(['delivery-1'])
    expect(second.ofContent('2'.repeat(64)).at(-1)).toMatchObject({ what: 'intent' })
    expect(await readFile(path(), 'utf8')).not.toContain('A100001')
  })

  it('leaves out a line that a crash cut short, wherever it was cut, and goes on after it', async () => {
    const ledger = await openLedger(root)
    await ledger.append(line(1))
    const whole = (await readFile(path())).length
    await ledger.append(line(2))
    const full = await readFile(path())
    for (let cut = whole + 1; cut < full.length - 1; cut += 17) {
      await writeFile(path(), full)
      await truncate(path(), cut)
      const opened = await openLedger(root)
      expect(opened.delivered()).toHaveLength(1)
      await opened.append(line(3))
      expect((await openLedger(root)).delivered().map(({ deliveryId }) => deliveryId)).toEqual([
        'delivery-1',
        'delivery-3',
      ])
    }
  })

  it('does not believe a line that it has not written', async () => {
    await openLedger(root)
    await appendFile(path(), `${Buffer.from(JSON.stringify(line(1))).toString('base64')}\n`)
    expect((await openLedger(root)).delivered()).toEqual([])
  })

  it('gives every station of the folder the same key for the same parts, and refuses a damaged folder key', async () => {
    const [first, second] = [await openLedger(root), await openLedger(root)]
    expect(first.idempotencyKey(['report', 'A1'])).toBe(second.idempotencyKey(['report', 'A1']))
    expect(first.idempotencyKey(['report', 'A1'])).not.toBe(first.idempotencyKey(['report', 'A2']))
    expect(first.idempotencyKey(['a', 'b'])).not.toBe(first.idempotencyKey(['ab']))
    expect(first.idempotencyKey(['x'])).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    await writeFile(join(root, '.radpost', 'folder-key'), 'short')
    await expect(openLedger(root)).rejects.toThrow(LedgerKeyDamaged)
  })
})
