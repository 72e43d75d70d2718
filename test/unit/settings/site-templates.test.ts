import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileExpression, isExpression, patternProblem } from '../../../shared/restricted-pattern.ts'
import { settingsSchema } from '../../../shared/settings.ts'

const settingsWith = (templates: unknown) =>
  settingsSchema.safeParse({
    practices: [{ domain: 'acme' }],
    dropFolder: { path: '/reports' },
    reports: { templates },
  })

describe('reports.templates', () => {
  it('is optional and has no default', () => {
    const plain = settingsSchema.parse({ practices: [{ domain: 'acme' }], dropFolder: { path: '/reports' } })
    expect(plain.reports).not.toHaveProperty('templates')
    expect(settingsWith([]).success).toBe(true)
    expect(settingsWith([{ name: 'ours', fields: { patientId: 'Client ref' } }]).success).toBe(true)
  })

  it.each([
    ['an unknown field', [{ name: 'ours', fields: { phone: 'Tel' } }]],
    ['an unknown key', [{ name: 'ours', fields: { name: 'Client' }, extra: 1 }]],
    ['no field', [{ name: 'ours', fields: {} }]],
    ['no name', [{ fields: { name: 'Client' } }]],
    ['too many templates', Array.from({ length: 21 }, () => ({ name: 'x', fields: { name: 'Client' } }))],
  ])('refuses %s', (_, templates) => {
    expect(settingsWith(templates).success).toBe(false)
  })

  it('says where and why a pattern is refused', () => {
    const result = settingsWith([{ name: 'ours', fields: { patientId: '(?<value>(\\d+)+)' } }])
    expect(result.error?.issues[0]).toMatchObject({
      path: ['reports', 'templates', 0, 'fields', 'patientId'],
      message: 'may not repeat a group that itself repeats something or has alternatives',
    })
  })
})

describe('patterns', () => {
  it.each([
    'Client ref',
    'Geb.',
    'Ref (ours):',
    '番号',
    'Ref: (?<value>\\d+)',
    '^Ref \\(?(?<value>[A-Z]{2}\\d{4,8})\\)?$',
    '(?:Client|Customer)\\s*:\\s*(?<value>\\p{L}[^\\t]+)',
    '[(?<] (?<value>x)',
    '(?:Ref\\s)?(?<value>\\d{6})',
  ])('takes %s', (pattern) => {
    expect(patternProblem(pattern)).toBeNull()
  })

  it.each([
    ['', /2 to 60/],
    ['x', /2 to 60/],
    ['12345', /at least one letter/],
    ['two\nlines', /one line/],
    ['Ref: (\\d+)', /without the group/],
    ['Ref.*', /without the group/],
    ['(?<value>', /not a valid/],
    [`(?<value>${'a'.repeat(200)})`, /longer than 200/],
    ['\\(?<value>x\\)?', /exactly one named group/],
    ['(?<value>a)(?<other>b)', /exactly one named group/],
    ['(?<=Ref )(?<value>\\d+)', /exactly one named group/],
    ['(?=x)(?<value>\\d+)', /look ahead/],
    ['(?i:ref) (?<value>\\d+)', /flags/],
    ['(a)(?<value>\\1)', /refer back/],
    ['(?<value>\\d*)', /everywhere/],
    ['x(?<value>(?:a+)+)', /repeat a group/],
    ['x(?<value>(?:a?)*)', /repeat a group/],
    ['x(?<value>(?:a|a)*)', /repeat a group/],
    ['x(?<value>(?:a|b){2,9})', /repeat a group/],
    ['x(?<value>(?:(?:a*)b)+)', /repeat a group/],
    ['x.*.*.*.*(?<value>y)', /at most 3/],
    ['x(?<value>y{1,500})', /at most 200 times/],
    [`x${'a?'.repeat(9)}(?<value>y)`, /optional/],
  ])('refuses %s', (pattern, why) => {
    expect(patternProblem(pattern)).toMatch(why)
  })

  it('never lets an expression through that does not compile with exactly the group "value"', () => {
    const part = fc.constantFrom(
      '(?<value>',
      ')',
      '(?:',
      '(',
      'a',
      '\\d',
      '[a-z]',
      '[(]',
      '*',
      '+',
      '?',
      '{2}',
      '{2,5}',
      '|',
      '\\(',
      '.',
      '(?=',
      '\\1',
    )
    let taken = 0
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 12 }), (parts) => {
        const pattern = parts.join('')
        if (!isExpression(pattern) || patternProblem(pattern) !== null) return
        taken += 1
        const groups = new RegExp(`${compileExpression(pattern).source}|`, 'u').exec('')?.groups
        expect(Object.keys(groups ?? {})).toEqual(['value'])
      }),
      { numRuns: 20_000 },
    )
    expect(taken).toBeGreaterThan(20)
  })

  it('never lets a repeated group through whose inside repeats or chooses', () => {
    const part = fc.constantFrom(
      '(?:',
      '(?<value>',
      ')',
      'a',
      'a*',
      'b+',
      '.*',
      '[ab]+',
      '?',
      '+',
      '*',
      '{2,3}',
      'a{1,9}',
      '|',
      'a?',
    )
    let taken = 0
    fc.assert(
      fc.property(fc.array(part, { minLength: 2, maxLength: 14 }), (parts) => {
        const pattern = parts.join('')
        if (!isExpression(pattern) || patternProblem(pattern) !== null) return
        taken += 1
        expect(folded(pattern)).not.toMatch(/R(?:[*+]|\{)/u)
      }),
      { numRuns: 20_000 },
    )
    expect(taken).toBeGreaterThan(20)
  })
})

/** A pattern whose groups became letters, from the inside out: R where one repeats or chooses, x where it does not. */
function folded(pattern: string): string {
  const inner = /\((?:\?:|\?<value>)?([^()]*)\)/u
  for (let rest = pattern.replaceAll(/\[[^\]]*\]/gu, 'c'); ;) {
    const group = inner.exec(rest)
    if (group === null) return rest
    const letter = /[*+?{|R]/u.test(group[1] ?? '') ? 'R' : 'x'
    rest = rest.replace(group[0], letter)
  }
}
