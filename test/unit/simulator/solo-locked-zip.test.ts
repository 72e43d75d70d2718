import { describe, expect, it } from 'vitest'
import { lockedZip } from '../../simulator/solo/locked-zip.ts'

const csv = Buffer.from('appointmentId,status\r\n3110360,completed\r\n')
const archive = (password: string): Buffer =>
  lockedZip('encounters.csv', csv, password, (size) => Buffer.alloc(size, 77))

/** The same file and password; Python's zipfile opened it with that password and with no other. */
const opened =
  'UEsDBBQAAQAAAAAAIQCXh9cFNQAAACkAAAAOAAAAZW5jb3VudGVycy5jc3abZ7xjUXWKxCv6ShaEavv3DUsn461qEoKtwa/lmKekk6ohcHoi15vnqNcWqHj3SQFZhRTLmVBLAQIUABQAAQAAAAAAIQCXh9cFNQAAACkAAAAOAAAAAAAAAAAAAAAAAAAAAABlbmNvdW50ZXJzLmNzdlBLBQYAAAAAAQABADwAAABhAAAAAAA='

describe('a locked ZIP archive', () => {
  it('is what other programs open', () => {
    expect(archive('secret £9').toString('base64')).toBe(opened)
  })

  it('names its file, hides the content, and depends on the password', () => {
    expect(archive('secret £9').includes('encounters.csv')).toBe(true)
    expect(archive('secret £9').includes('3110360')).toBe(false)
    expect(archive('secret').equals(archive('secret £9'))).toBe(false)
  })
})
