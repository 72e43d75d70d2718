import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safeFileName } from '../../../electron/desktop/desk/safe-file-name.ts'

describe('the name of a file that came from elsewhere', () => {
  it.each([
    ['referral.pdf', 'pdf', 'referral.pdf'],
    [null, 'pdf', 'attachment.pdf'],
    ['   ', 'bin', 'attachment.bin'],
    ['../../etc/passwd', 'txt', 'passwd.txt'],
    [String.raw`C:\Windows\system32\evil.dll`, 'bin', 'evil.bin'],
    ['invoice.pdf.exe', 'pdf', 'invoice.pdf'],
    ['photo\u202Egpj.exe', 'jpg', 'photogpj.jpg'],
    ['a\u0000b\u200Bc\nd.png', 'png', 'abcd.png'],
    ['CON.pdf', 'pdf', 'attachment CON.pdf'],
    ['lpt1', 'txt', 'attachment lpt1.txt'],
    ['com¹.anything.txt', 'txt', 'attachment com¹.anything.txt'],
    ['.hidden', 'pdf', 'attachment.pdf'],
    ['what? "now" <a|b>:c*.pdf', 'pdf', 'what- -now- -a-b--c-.pdf'],
    ['report. . .', 'pdf', 'report.pdf'],
    ['Überweisung Müller.pdf', 'pdf', 'Überweisung Müller.pdf'],
  ])('%j of %s becomes %j', (given, extension, name) => {
    expect(safeFileName(given, extension)).toBe(name)
  })

  it('is safe on every system, whatever came', () => {
    const any = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc
        .array(
          fc.constantFrom(
            '..',
            '/',
            '\\',
            'CON',
            '.',
            ' ',
            'aux',
            '\u202E',
            'x',
            '\u{1F600}',
            '.exe',
            ':',
            '\n',
          ),
        )
        .map((parts) => parts.join('')),
      fc.string({ minLength: 300, maxLength: 400 }),
    )
    fc.assert(
      fc.property(any, fc.constantFrom('pdf', 'jpg', 'bin'), (given, extension) => {
        const name = safeFileName(given, extension)
        expect(name).toMatch(new RegExp(`^[^.].*\\.${extension}$`, 'u'))
        expect(name).not.toMatch(/[/\\<>:"|?*\p{C}]/u)
        expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/iu)
        expect(name).not.toMatch(/^\s|[.\s]\.[^.]*$/u)
        expect(Buffer.byteLength(name)).toBeLessThan(200)
      }),
      { numRuns: 2_000 },
    )
  })
})
