import { crc32 } from 'node:zlib'

/**
 * A ZIP archive with one stored file, locked with the traditional encryption of PKWARE's APPNOTE 6.1: what every
 * unpacking program opens with the password.
 * @param password counts as its UTF-8 bytes.
 */
export function lockedZip(
  fileName: string,
  content: Buffer,
  password: string,
  randomBytes: (size: number) => Buffer,
): Buffer {
  const checksum = crc32(content)
  // Twelve bytes go first; the last of them lets a program see at once that the password is wrong (APPNOTE 6.1.6).
  const lead = Buffer.concat([randomBytes(11), Buffer.from([checksum >>> 24])])
  const locked = encrypt(Buffer.concat([lead, content]), Buffer.from(password, 'utf8'))
  const name = Buffer.from(fileName, 'utf8')

  // Version 2.0, flag "encrypted", stored, no time, 1 January 1980.
  const common = Buffer.alloc(26)
  common.writeUInt16LE(20, 0)
  common.writeUInt16LE(1, 2)
  common.writeUInt16LE(0x21, 8)
  common.writeUInt32LE(checksum, 10)
  common.writeUInt32LE(locked.length, 14)
  common.writeUInt32LE(content.length, 18)
  common.writeUInt16LE(name.length, 22)

  const entry = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, locked])
  const directory = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, Buffer.alloc(14), name])
  const end = Buffer.alloc(18)
  end.writeUInt16LE(1, 4)
  end.writeUInt16LE(1, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(entry.length, 12)
  return Buffer.concat([entry, directory, Buffer.from('PK\x05\x06'), end])
}

function encrypt(plain: Buffer, password: Buffer): Buffer {
  let [key0, key1, key2] = [0x12345678, 0x23456789, 0x34567890]
  const update = (byte: number): void => {
    key0 = nextCrc(key0, byte)
    key1 = (Math.imul((key1 + (key0 & 0xff)) | 0, 134_775_813) + 1) | 0
    key2 = nextCrc(key2, key1 >>> 24)
  }
  for (const byte of password) update(byte)
  return Buffer.from(
    plain.map((byte) => {
      const temporary = (key2 & 0xffff) | 2
      const hidden = byte ^ ((Math.imul(temporary, temporary ^ 1) >>> 8) & 0xff)
      update(byte)
      return hidden
    }),
  )
}

/** One step of CRC-32 without the inversions that a whole checksum has. */
function nextCrc(crc: number, byte: number): number {
  return ~crc32(Buffer.from([byte]), ~crc >>> 0)
}
