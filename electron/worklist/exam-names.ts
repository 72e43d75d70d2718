import { z } from 'zod'
import { identifier, text } from '../qubs/lenient.ts'
import type { ExamCode } from '../qubs/practice-schemas.ts'

/** An exam of an appointment: the shape of an entry is not documented (contract 1.5), so a bare key is one too. */
const exam = z.union([
  identifier.transform((key) => ({ description: null, key, examCodeId: null, code: null })),
  z.object({ description: text, key: text, examCodeId: text, code: text }),
])

/**
 * What is to be done, in words: the description of the entry itself, else the one that the site's exam codes have for
 * its key, else the key. An entry that has none of them is left out.
 */
export function examNames(codes: readonly unknown[], known: readonly ExamCode[]): readonly string[] {
  const byKey = new Map(known.map(({ examCodeId, description }) => [examCodeId, description]))
  for (const { key, description } of known) byKey.set(key, description)
  const names = codes.flatMap((code) => {
    const read = exam.safeParse(code)
    if (!read.success) return []
    const { description, key, examCodeId, code: other } = read.data
    const keys = [key, examCodeId, other].filter(isWord)
    return [description, ...keys.map((name) => byKey.get(name)), ...keys].filter(isWord).slice(0, 1)
  })
  return [...new Set(names)]
}

function isWord(name: string | null | undefined): name is string {
  return (name ?? '') !== ''
}
