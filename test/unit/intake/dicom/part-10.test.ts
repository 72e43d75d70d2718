import { describe, expect, it } from 'vitest'
import { dicomCompleteness, dicomIsComplete } from '../../../../electron/intake/dicom/completeness.ts'
import { isDicom, readDicom } from '../../../../electron/intake/dicom/read-dicom.ts'
import { sequenceOf, text, uint32, utf8, type TestElement } from '../../../support/dicom/encode-dicom.ts'
import { finalReport, narrative, noPdf } from '../../../support/dicom/samples.ts'
import {
  contentItem,
  textItem,
  writeEncapsulatedPdf,
  writeSrFile,
} from '../../../support/dicom/write-dicom.ts'

const STORAGE = '1.2.840.10008.5.1.4.1.1.'

describe('encodings', () => {
  const plain = writeSrFile(finalReport)

  it.each(['explicit', 'implicit', 'deflated', 'big-endian'] as const)(
    'reads %s the same',
    async (encoding) => {
      const expected = await readDicom(plain, noPdf)
      expect(expected.problem).toBeNull()
      expect(await readDicom(writeSrFile({ ...finalReport, encoding }), noPdf)).toEqual(expected)
      const undefinedLengths = writeSrFile({ ...finalReport, encoding, undefinedLengths: true })
      expect(await readDicom(undefinedLengths, noPdf)).toEqual(expected)
    },
  )

  it('reads a file whose last value has two bytes', async () => {
    const sections = [
      { heading: 'Findings', text: narrative },
      { heading: 'Impression', text: 'OK' },
    ]
    expect(
      (await readDicom(writeSrFile({ ...finalReport, encoding: 'implicit', sections }), noPdf)).problem,
    ).toBeNull()
  })

  it('reads sequences that became UN', async () => {
    const unknown: TestElement = {
      tag: '0040a730',
      vr: 'UN',
      items: (finalReport.sections ?? []).map((section) => textItem(section.heading, section.text)),
    }
    const read = await readDicom(writeSrFile({ ...finalReport, extra: [unknown] }), noPdf)
    expect(read).toEqual(await readDicom(plain, noPdf))
  })

  it('finds an UN sequence that cannot be taken apart damaged', async () => {
    const broken: TestElement = {
      tag: '0040a730',
      vr: 'UN',
      value: utf8('this is no sequence at all, but text'),
    }
    const read = await readDicom(writeSrFile({ ...finalReport, extra: [broken] }), noPdf)
    expect(read.problem).toBe('damaged')
  })

  it('finds a content sequence under another VR damaged instead of empty', async () => {
    const other: TestElement = { tag: '0040a730', vr: 'OB', value: new Uint8Array(64) }
    expect((await readDicom(writeSrFile({ ...finalReport, extra: [other] }), noPdf)).problem).toBe('damaged')
  })
})

describe('truncation', () => {
  const encodings = ['explicit', 'implicit', 'deflated', 'big-endian'] as const
  const variants = encodings.flatMap((encoding) => [
    { encoding, undefinedLengths: false },
    { encoding, undefinedLengths: true },
  ])

  it.each(variants)('$encoding, undefined lengths $undefinedLengths: every cut shows', async (variant) => {
    const whole = writeSrFile({ ...finalReport, ...variant })
    expect(dicomCompleteness(whole)).toBe('complete')
    const cuts = Array.from({ length: whole.length - 132 }, (_, index) => whole.slice(0, 132 + index))
    expect(cuts.filter((cut) => dicomIsComplete(cut)).map((cut) => cut.length)).toEqual([])
    const problems = await Promise.all(cuts.map(async (cut) => (await readDicom(cut, noPdf)).problem))
    expect(new Set(problems)).toEqual(new Set(['damaged']))
  })

  it('shows every cut of an encapsulated PDF but the one after its whole document', () => {
    const whole = writeEncapsulatedPdf({ pdf: utf8('%PDF-1.4 … %%EOF') })
    const complete: number[] = []
    for (let length = 132; length < whole.length; length += 1) {
      if (dicomCompleteness(whole.slice(0, length)) === 'complete') complete.push(length)
    }
    // (0042,0015) alone is missing there: 8 bytes of header and 4 of value.
    expect(complete).toEqual([whole.length - 12])
  })

  it('has no opinion about files without the signature', () => {
    expect(dicomCompleteness(new Uint8Array(2000))).toBe('not-dicom')
    expect(dicomCompleteness(new Uint8Array())).toBe('not-dicom')
    expect(isDicom(writeSrFile(finalReport).slice(0, 131))).toBe(false)
    expect(isDicom(writeSrFile(finalReport).slice(0, 132))).toBe(true)
  })
})

describe('preamble and file meta information', () => {
  it.each([
    ['MZ', Uint8Array.of(0x4d, 0x5a, 0x90, 0)],
    ['ELF', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46)],
    ['Mach-O', Uint8Array.of(0xcf, 0xfa, 0xed, 0xfe)],
    ['universal Mach-O', Uint8Array.of(0xca, 0xfe, 0xba, 0xbe)],
  ])('refuses a file that is also a program: %s', async (_, preamble) => {
    const read = await readDicom(writeSrFile({ ...finalReport, preamble }), noPdf)
    expect(read.problem).toBe('not-a-report')
    expect(read.message).toContain('program')
  })

  it('takes a TIFF preamble', async () => {
    const preamble = Uint8Array.of(0x49, 0x49, 0x2a, 0, 8, 0, 0, 0)
    expect((await readDicom(writeSrFile({ ...finalReport, preamble }), noPdf)).problem).toBeNull()
  })

  it('refuses a file without a transfer syntax', async () => {
    const read = await readDicom(writeSrFile({ ...finalReport, transferSyntaxUid: '' }), noPdf)
    expect(read.problem).toBe('not-a-report')
    expect(read.message).toContain('transfer syntax')
  })

  it.each(['1.2.840.113619.5.2', '1.2.840.10008.1.2.4.95'])(
    'holds transfer syntax %s',
    async (transferSyntaxUid) => {
      expect((await readDicom(writeSrFile({ ...finalReport, transferSyntaxUid }), noPdf)).problem).toBe(
        'unsupported',
      )
    },
  )

  it('reads a report that declares an image compression, with a warning', async () => {
    const read = await readDicom(
      writeSrFile({ ...finalReport, transferSyntaxUid: '1.2.840.10008.1.2.4.70' }),
      noPdf,
    )
    expect(read.problem).toBeNull()
    expect(read.warnings.join()).toContain('image compression')
  })

  it('holds a file whose two SOP classes disagree', async () => {
    const read = await readDicom(writeSrFile({ ...finalReport, metaSopClassUid: `${STORAGE}88.11` }), noPdf)
    expect(read.problem).toBe('unsupported')
    expect(
      (await readDicom(writeSrFile({ ...finalReport, metaSopClassUid: null }), noPdf)).problem,
    ).toBeNull()
  })
})

describe('SOP classes', () => {
  const read = (sopClassUid: string): ReturnType<typeof readDicom> =>
    readDicom(writeSrFile({ ...finalReport, sopClassUid }), noPdf)

  it.each(['88.11', '88.22', '88.33', '88.34', '88.35'])('%s may be a report', async (suffix) => {
    expect((await read(STORAGE + suffix)).problem).toBeNull()
  })

  it.each(['88.1', '88.2', '88.3', '88.4', '104.2'])('%s is held as unsupported', async (suffix) => {
    expect((await read(STORAGE + suffix)).problem).toBe('unsupported')
  })

  it.each([
    ['88.59', 'Key Object Selection'],
    ['88.67', 'X-Ray Radiation Dose SR'],
    ['88.73', 'Patient Radiation Dose SR'],
    ['88.50', 'Mammography CAD SR'],
    ['88.72', 'Simplified Adult Echo SR'],
    ['88.77', 'Waveform Annotation SR'],
    ['2', 'a CT image'],
    ['4.1', 'an Enhanced MR image'],
    ['481.9', 'a radiotherapy object'],
    ['77.1.5.4', 'an ophthalmic image or measurement'],
  ])('%s is no report: %s', async (suffix, name) => {
    const { problem, message, srFlags, text: shown } = await read(STORAGE + suffix)
    expect(problem).toBe('not-a-report')
    expect(message).toContain(name)
    expect(srFlags).toBeNull()
    expect(shown).toBe('')
  })

  it('shows a UID that it does not know, and only if it is one', async () => {
    expect((await read(`${STORAGE}88.9999`)).message).toContain('1.2.840.10008.5.1.4.1.1.88.9999')
    expect((await read('1.3.6.1.4.1.5.6')).problem).toBe('not-a-report')
    const { message } = await read('Doe^Jane 1988')
    expect(message).not.toContain('Doe')
  })

  it('does not take names of object members for classes', async () => {
    expect((await read(`${STORAGE}constructor`)).problem).toBe('not-a-report')
  })
})

describe('limits', () => {
  function nested(levels: number): TestElement {
    let inner: readonly TestElement[] = [text('00080100', 'SH', 'X')]
    for (let level = 0; level < levels; level += 1) inner = [sequenceOf('00081140', inner)]
    return sequenceOf('00081140', inner)
  }

  it.each([65, 300])('holds %i levels of nesting as unsupported', async (levels) => {
    const read = await readDicom(writeSrFile({ ...finalReport, extra: [nested(levels)] }), noPdf)
    expect(read.problem).toBe('unsupported')
    expect(read.message).toContain('64 levels')
  })

  it('survives nesting that exhausts the stack', async () => {
    // Undefined lengths from the inside out, without the encoder's own recursion.
    const levels = 100_000
    const open = Buffer.concat([Buffer.from('08004011', 'hex'), uint32(0xffff_ffff, false)])
    const item = Buffer.concat([Buffer.from('feff00e0', 'hex'), uint32(0xffff_ffff, false)])
    const bomb = Buffer.concat(Array.from({ length: levels }, () => Buffer.concat([item, open])))
    const file = writeSrFile({ ...finalReport, encoding: 'implicit', extra: [] })
    const read = await readDicom(new Uint8Array(Buffer.concat([file, open, bomb])), noPdf)
    expect(read.problem).toBe('unsupported')
  })

  it('holds more items than any report has', async () => {
    const items = Array.from({ length: 200_001 }, (): readonly TestElement[] => [])
    const read = await readDicom(
      writeSrFile({ ...finalReport, extra: [{ tag: '00081140', vr: 'SQ', items }] }),
      noPdf,
    )
    expect(read.problem).toBe('unsupported')
  })

  it('holds a content tree that is too deep or too large', async () => {
    let deep = textItem('Deep', 'Text')
    for (let level = 0; level < 49; level += 1) {
      deep = contentItem('CONTAINS', 'CONTAINER', { meaning: 'Level' }, [], [deep])
    }
    expect((await readDicom(writeSrFile({ ...finalReport, items: [deep] }), noPdf)).problem).toBe(
      'unsupported',
    )
    const empty = [text('0040a040', 'CS', 'TEXT')]
    const many = Array.from({ length: 50_001 }, () => empty)
    expect((await readDicom(writeSrFile({ ...finalReport, items: many }), noPdf)).problem).toBe('unsupported')
  })

  it('does not inflate more than 32 MiB', async () => {
    const huge: TestElement = { tag: '00091010', vr: 'OB', value: new Uint8Array(33 * 1024 * 1024) }
    const file = writeSrFile({ ...finalReport, encoding: 'deflated', extra: [huge] })
    expect(file.length).toBeLessThan(100_000)
    const read = await readDicom(file, noPdf)
    expect(read.problem).toBe('unsupported')
    expect(read.message).toContain('32 MiB')
  })

  it('holds an SR file larger than QUBS takes, and takes one of exactly that size', async () => {
    const padding = (length: number): TestElement => ({
      tag: '00091010',
      vr: 'OB',
      value: new Uint8Array(length),
    })
    const base = writeSrFile({ ...finalReport, extra: [padding(0)] }).length
    const exact = writeSrFile({ ...finalReport, extra: [padding(2_097_152 - base)] })
    expect(exact.length).toBe(2_097_152)
    expect((await readDicom(exact, noPdf)).problem).toBeNull()
    const over = writeSrFile({ ...finalReport, extra: [padding(2_097_154 - base)] })
    expect((await readDicom(over, noPdf)).problem).toBe('too-large')
  })
})
