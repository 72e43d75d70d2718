import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { examCodeSchema } from '../../../electron/qubs/practice-schemas.ts'
import { examNames } from '../../../electron/worklist/exam-names.ts'

const known = [
  examCodeSchema.parse({ examCodeId: 'EC1', key: 'CT_CHEST', site: 'Central', description: 'CT Chest' }),
  examCodeSchema.parse({ examCodeId: 77, key: 'US', site: 'Central', description: 'US Thyroid' }),
]

describe('the exams of an appointment', () => {
  it('are in the words of the entry, else of the site’s exam codes, else the key', () => {
    expect(
      examNames(
        [{ key: 'CT_CHEST', description: 'CT Chest (own)' }, { key: 'CT_CHEST' }, 'CT_CHEST', 77, 'MRI_KNEE'],
        known,
      ),
    ).toEqual(['CT Chest (own)', 'CT Chest', 'US Thyroid', 'MRI_KNEE'])
    expect(examNames([{ examCodeId: 'EC1', description: '' }, { code: 'X' }], known)).toEqual([
      'CT Chest',
      'X',
    ])
  })

  it('are read from any JSON at all, and never blank', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (codes) => {
        for (const name of examNames(codes, known)) expect(name).not.toBe('')
      }),
    )
  })
})
