import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentHeaders } from '../../../electron/desktop/content-policy.ts'
import { isOwnAddress } from '../../../electron/desktop/origin.ts'
import { staticFileOf } from '../../../electron/desktop/static-files.ts'

describe('our own address', () => {
  it.each(['app://radpost/', 'app://radpost/index.html', 'app://radpost/#needs-you'])('is %s', (address) => {
    expect(isOwnAddress(address)).toBe(true)
  })
  it.each([
    'app://radpost.example/',
    'app://radpost@evil.example/',
    'app://evil/radpost/',
    'https://radpost/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'about:blank',
    'app:radpost',
    '',
  ])('is not %s', (address) => {
    expect(isOwnAddress(address)).toBe(false)
  })
})

describe('the files of the window', () => {
  const folder = resolve('/srv/out/renderer')

  it('are found below their folder, the page itself at the root', () => {
    expect(staticFileOf('app://radpost/', folder)).toEqual({
      path: join(folder, 'index.html'),
      mimeType: 'text/html; charset=utf-8',
    })
    expect(staticFileOf('app://radpost/assets/a.js?x=1', folder)?.path).toBe(join(folder, 'assets', 'a.js'))
  })

  it.each([
    'app://radpost/..%2f..%2fmain/main.js',
    'app://radpost/%2e%2e/%2e%2e/main/main.js',
    String.raw`app://radpost/..%5c..%5cmain%5cmain.js`,
    'app://radpost/index.html%00.js',
    'app://radpost/%zz.js',
    'app://radpost/assets',
    'app://radpost/secret.sqlite',
    'app://other/index.html',
  ])('never %s', (address) => {
    const found = staticFileOf(address, folder)
    expect(found === null || found.path.startsWith(`${folder}/`)).toBe(true)
    expect(found?.path ?? '').not.toMatch(/out\/main|other|secret/u)
  })

  it('are never outside of their folder, whatever is asked', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('..', '.', 'a', '%2e%2e', '%2f', '%5c', '\\', '//', 'b.js')),
        (parts) => {
          const found = staticFileOf(`app://radpost/${parts.join('/')}.js`, folder)
          expect(found === null || found.path.startsWith(`${folder}/`)).toBe(true)
        },
      ),
    )
  })
})

it('the policy starts from nothing and opens no way out', () => {
  const headers = contentHeaders('text/html')
  const policy = headers['content-security-policy'] ?? ''
  const rules = new Map(
    policy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]),
  )
  expect(rules.get('default-src')).toBe("'none'")
  expect(rules.get('script-src')).toBe("'self'")
  expect(rules.get('form-action')).toBe("'none'")
  expect(rules.get('frame-ancestors')).toBe("'none'")
  expect(policy).not.toMatch(/unsafe|https?:|\*/u)
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' })
})
