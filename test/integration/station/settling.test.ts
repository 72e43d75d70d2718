import { appendFile, open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pace } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { padPdf } from '../../support/pdf/write-report-pdf.ts'
import { encapsulatedReport, pdfReport, srReport } from '../../support/station/sample-reports.ts'
import { outcomes, sha256, useSite } from '../../support/station/site.ts'

// The delays in this file are the writers' own pace; what the station does is awaited by its events.
const site = useSite({ settings: { dropFolder: { settleMs: 60, giveUpMs: 4_000 } } })

/** Everything that arrived in the store, as SHA-256. */
function stored(appointmentId: string): (string | null)[] {
  return site.study(appointmentId).artefacts.map((artefact) => artefact.sha256)
}

describe('a file that is not finished', () => {
  it('is delivered once and whole when it is written slowly, or stalls half-way', async () => {
    const { bench, study } = site
    const slow = padPdf(await pdfReport(study('A100003')), 60_000)
    const stalling = srReport(study('A100004'))
    const { dicom, innerPdf } = await encapsulatedReport(study('A100005'))
    const running = bench.start(['run', '--json'])
    await running.waitFor((event) => event.event === 'idle')

    const writers = [
      (async () => {
        for (let at = 0; at < slow.length; at += 3_000) {
          await appendFile(join(bench.drop, 'slow.pdf'), slow.subarray(at, at + 3_000))
          await pace(20)
        }
      })(),
      stall('stalls.dcm', stalling, 0.5),
      stall('stalls early.dcm', dicom, 0.1),
    ]
    await Promise.all(writers)
    for (const file of ['slow.pdf', 'stalls.dcm', 'stalls early.dcm']) {
      await running.waitFor((event) => event.event === 'delivered' && event.file === file)
    }
    await running.stop()

    expect(stored('A100003')).toEqual([sha256(slow)])
    expect(stored('A100004')).toEqual([sha256(stalling)])
    expect(stored('A100005')).toEqual([sha256(innerPdf)])
    expect(running.events.filter((event) => event.event === 'seen')).toHaveLength(3)
    expect(running.events.filter((event) => event.event === 'held')).toHaveLength(0)

    /** Longer than `settleMs` many times over, shorter than `giveUpMs`. */
    async function stall(name: string, bytes: Uint8Array, share: number): Promise<void> {
      const cut = Math.floor(bytes.length * share)
      await writeFile(join(bench.drop, name), bytes.subarray(0, cut))
      await running.waitFor((event) => event.event === 'seen' && event.file === name)
      await pace(900)
      await appendFile(join(bench.drop, name), bytes.subarray(cut))
    }
  })

  it('is delivered in its last form when it is overwritten in place again and again', async () => {
    const { bench, study } = site
    const versions = await Promise.all(
      Array.from({ length: 12 }, async (_, index) =>
        padPdf(
          await pdfReport(study('A100003'), { createdAt: new Date(Date.UTC(2026, 10, 20, 0, index)) }),
          1_500_000,
        ),
      ),
    )
    const running = bench.start(['run', '--json'])
    await running.waitFor((event) => event.event === 'idle')
    for (const [index, version] of versions.entries()) {
      const handle = await open(join(bench.drop, 'rewritten.pdf'), index === 0 ? 'w' : 'r+')
      // In two halves: a reader that comes between them sees a mixture of two complete files.
      await handle.write(version.subarray(0, 700_000), 0, 700_000, 0)
      await pace(15)
      await handle.write(version.subarray(700_000), 0, 800_000, 700_000)
      await handle.close()
      await pace(10)
    }
    await running.waitFor((event) => event.event === 'delivered')
    await running.waitFor((event) => event.event === 'idle')
    await running.stop()

    const whole = new Set(versions.map(sha256))
    expect(stored('A100003').every((hash) => whole.has(hash ?? ''))).toBe(true)
    expect(stored('A100003').at(-1)).toBe(sha256(versions.at(-1) ?? new Uint8Array()))
  })
})

describe('a file that stays unfinished for giveUpMs', () => {
  it('is decided as it is, and a later change starts anew', async () => {
    const { bench, study } = site
    await bench.writeSettings({ dropFolder: { giveUpMs: 300 } })
    const bytes = await pdfReport(study('A100003'))
    await bench.put('half.pdf', bytes.subarray(0, bytes.length / 2))
    await bench.put('empty.pdf', '')
    const running = bench.start(['run', '--json'])
    await running.waitFor((event) => event.event === 'held' && event.file === 'half.pdf')
    await running.waitFor((event) => event.event === 'held' && event.file === 'empty.pdf')
    await running.waitFor((event) => event.event === 'idle')
    expect(outcomes(running.events)).toEqual({ 'half.pdf': 'held damaged', 'empty.pdf': 'held damaged' })

    await bench.put('half.pdf', bytes)
    await running.waitFor((event) => event.event === 'delivered')
    await running.stop()

    expect(stored('A100003')).toEqual([sha256(bytes)])
    expect(await bench.dropped()).toEqual(['Held/empty.pdf', 'Held/half.pdf', 'Sent/half.pdf'])
  })
})
