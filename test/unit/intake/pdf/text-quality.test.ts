import { describe, expect, it } from 'vitest'
import { judgeText } from '../../../../electron/intake/pdf/text-quality.ts'
import { sampleParagraphs } from '../../../support/pdf/write-report-pdf.ts'

const report = sampleParagraphs.join('\n')

describe('judgeText', () => {
  it('counts letters: 50 in all and 20 a page', () => {
    const word = 'nodules are seen in both lungs today '
    const fifty = word.repeat(3).replace(/\s/g, '').slice(0, 50)
    expect(judgeText(fifty, 1)).toBe('readable')
    expect(judgeText(fifty.slice(1), 1)).toBe('too-little')
    expect(judgeText(fifty, 3)).toBe('too-little')
  })

  it.each([
    ['English', report],
    [
      'German',
      'Befund: Kein Nachweis von Rundherden. Regelrechte Darstellung der Lungengefäße, kein Erguss, Herz normal groß.',
    ],
    [
      'Polish',
      'Wynik badania: płuca bez zmian ogniskowych, przepona wysklepiona prawidłowo, serce niepowiększone, jamy opłucnowe wolne.',
    ],
    [
      'Finnish',
      'Lausunto: keuhkoissa ei ole todettavissa tulehdusmuutoksia, sydän on normaalin kokoinen, pleuranestettä ei näy.',
    ],
    [
      'Vietnamese',
      'Kết luận: Không thấy tổn thương nhu mô phổi, bóng tim không to, không có dịch màng phổi hai bên, trung thất cân đối.',
    ],
    [
      'Russian',
      'Заключение: лёгочные поля без очаговых и инфильтративных изменений, синусы свободны, сердце не увеличено.',
    ],
    [
      'Chinese',
      '检查所见双肺纹理清晰未见实质性病变心影大小形态正常纵隔居中两侧肋膈角锐利膈面光滑胸廓对称骨质未见异常诊断意见双肺心膈未见明显异常请结合临床',
    ],
    [
      'Arabic',
      'التقرير: لا توجد عقيدات رئوية ولا انصباب جنبي، حجم القلب طبيعي، والمنصف في مكانه الطبيعي دون تضخم.',
    ],
    [
      'measurements',
      `${report}\nLVEF 55 % LVIDd 4.8 cm LVIDs 3.1 cm IVSd 0.9 cm E/A 1.2 TAPSE 22 mm 120/80 mmHg HR 72`,
    ],
  ])('reads %s', (_, text) => {
    expect(judgeText(text, 1)).toBe('readable')
  })

  it.each([
    [
      'shifted letters',
      report.replace(/[a-z]/gi, (c) => String.fromCharCode(c.toUpperCase().charCodeAt(0) + 3)),
    ],
    ['lone letters', 'o H a o w u t d r e l s i n '.repeat(6)],
    ['replacement characters', report.replace(/[aeiou]/g, '\uFFFD')],
    ['private use', report.replace(/\p{L}/gu, (c) => (c < 'n' ? '\uE012' : c))],
    ['symbols', '!"#$%&()*+,-./:;<=>?@ ab '.repeat(30)],
    ['one letter', 'aaaa bbbb '.repeat(20)],
    [
      'mojibake',
      'BefÃ¼nde Ã¼ber LungengefÃ¤ÃŸe, HerzgrÃ¶ÃŸe, kein ErguÃŸ, regelrechte GrÃ¶ÃŸe der HÃ¤matome',
    ],
  ])('refuses %s', (_, text) => {
    expect(judgeText(text, 1)).toBe('garbled')
  })
})
