import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanDetail, readProblem, readStorageError } from '../../../electron/http/problem.ts'

const bytes = (value: unknown) =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))

describe('error answers', () => {
  it('reads problem+json with its validation errors', () => {
    const problem = {
      title: 'Bad',
      detail: 'No good.',
      requestId: 'r-1',
      errors: { reportText: ['is required', 5] },
    }
    expect(readProblem(bytes(problem))).toEqual({
      code: null,
      detail: 'No good. reportText: is required',
      requestId: 'r-1',
    })
  })

  it.each([
    [{ title: 'Only a title' }, 'Only a title'],
    [{ title: 'T', detail: ['wrong type'] }, 'T'],
    [{ message: 'Endpoint request timed out' }, 'Endpoint request timed out'],
    [{ error: { message: 'nested' } }, 'nested'],
    [{ error: { message: '' } }, ''],
    ['"a bare JSON string"', 'a bare JSON string'],
    ['<html><body>Bad gateway</body></html>', ''],
    ['', ''],
    ['[1, 2]', ''],
    ['null', ''],
    ['{"detail": "cut', ''],
  ])('of %j shows %j', (body, detail) => {
    expect(readProblem(bytes(body)).detail).toBe(detail)
  })

  it('has the code of OAuth and of S3', () => {
    expect(readProblem(bytes({ error: 'invalid_client', error_description: 'x' })).code).toBe(
      'invalid_client',
    )
    const xml = '<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code><RequestId>AB12</RequestId></Error>'
    expect(readProblem(bytes(xml))).toEqual({ code: 'AccessDenied', detail: '', requestId: 'AB12' })
  })

  it.each([
    ['code', { code: 's3cret-Of-The-Site' }],
    ['code', { error: 's3cret-Of-The-Site' }],
    ['code', '<Error><Code>x-s3cret-Of-The-Site</Code></Error>'],
    ['requestId', { requestId: 'S3CRET-of-the-site' }],
    ['requestId', { requestId: 'Zm9vYmFyYmF6cXV1eA==' }],
    ['requestId', { requestId: `r${'1'.repeat(100)}` }],
    ['requestId', '<Error><RequestId>s3cret-Of-The-Site</RequestId></Error>'],
  ] as const)('has no %s that may be a secret of ours: %j', (field, body) => {
    expect(readProblem(bytes(body), ['s3cret-Of-The-Site'])[field]).toBeNull()
  })

  it.each(['0HMPNHL0JHL76:00000001', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', 'r_1.2'])(
    'has the request id %s',
    (requestId) => expect(readProblem(bytes({ requestId }), ['Jane']).requestId).toBe(requestId),
  )

  it('reads S3 XML with namespaces, attributes and without its end', () => {
    const xml =
      '<s3:Error xmlns:s3="urn:x"><s3:Code a="b"> SlowDown </s3:Code><s3:Message>Please reduce</s3:Mess'
    expect(readStorageError(xml)).toEqual({ code: 'SlowDown', message: 'Please reduce', requestId: null })
  })

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.json().map(bytes), fc.string().map(bytes)), (body) => {
        const { detail } = readProblem(body, ['Jane Doe'])
        expect(Array.from(detail).length).toBeLessThanOrEqual(200)
        expect(detail).not.toMatch(/[\p{Cc}\p{Cf}]/u)
      }),
    )
  })
})

describe('texts of a server', () => {
  it('become one line without tricks', () => {
    expect(cleanDetail('a\r\nb\u0000\u202Ec\u2028 d')).toBe('a b c d')
    expect(cleanDetail('half \ud800 pair').isWellFormed()).toBe(true)
  })

  it('lose addresses and long tokens', () => {
    expect(cleanDetail('see https://bucket.example/x?X-Amz-Signature=1 now')).toBe('see [address] now')
    expect(cleanDetail(`token ${'x'.repeat(60)} bad`)).toBe('token [removed] bad')
    expect(cleanDetail('id 989dd0c7-13bb-4bba-b7a0-53a28bdf5155')).toContain(
      '989dd0c7-13bb-4bba-b7a0-53a28bdf5155',
    )
  })

  it('are cut at 200 characters, never inside one', () => {
    const cut = cleanDetail('😀 '.repeat(150))
    expect(Array.from(cut)).toHaveLength(200)
    expect(cut.isWellFormed()).toBe(true)
    expect(cut.endsWith('…')).toBe(true)
  })

  it('are dropped when they repeat what we sent', () => {
    const report = 'The patient Jane Doe shows a fracture of the left radius.'
    expect(cleanDetail('Not accepted: "JANE  DOE shows a fracture"', [report])).toBe('')
    expect(cleanDetail('Name Doe is unknown', ['Doe'])).toBe('')
    expect(cleanDetail('reportText is required', [report])).toBe('reportText is required')
  })

  it('never repeat a private text that stands in them', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 3, maxLength: 40 }).filter((s) => s.trim().length >= 3),
        fc.string(),
        fc.string(),
        (secret, before, after) => {
          const own = cleanDetail(secret)
          fc.pre(own.length >= 3)
          expect(cleanDetail(`${before} ${secret} ${after}`, [secret])).toBe('')
        },
      ),
    )
  })
})
