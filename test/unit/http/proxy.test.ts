import { describe, expect, it } from 'vitest'
import { splitAddress } from '../../../electron/http/address.ts'
import {
  isLoopback,
  isProxyAddress,
  proxyFromEnvironment,
  proxyResolver,
} from '../../../electron/http/proxy.ts'

const api = 'https://partners.qubs.io'

function address(url: string) {
  const found = splitAddress(url)
  if (found === null) throw new Error('the test address is not allowed')
  return found
}

describe('proxies of the environment', () => {
  it.each([
    [{ HTTPS_PROXY: 'http://proxy:3128' }, 'http://proxy:3128'],
    [{ HTTPS_PROXY: 'proxy:3128' }, 'http://proxy:3128'],
    [{ HTTPS_PROXY: 'http://upper:1', https_proxy: 'http://lower:1' }, 'http://lower:1'],
    [{ HTTP_PROXY: 'http://plain:1' }, 'http://plain:1'],
    [{}, null],
    [{ HTTPS_PROXY: '' }, null],
    [{ HTTPS_PROXY: 'http://proxy:1', NO_PROXY: '*' }, null],
    [{ HTTPS_PROXY: 'http://proxy:1', NO_PROXY: 'qubs.io' }, null],
    [{ HTTPS_PROXY: 'http://proxy:1', NO_PROXY: 'other.example, .QUBS.io' }, null],
    [{ HTTPS_PROXY: 'http://proxy:1', NO_PROXY: '*.qubs.io' }, null],
    [{ HTTPS_PROXY: 'http://proxy:1', NO_PROXY: 'partners.qubs.io:443' }, null],
    [{ HTTPS_PROXY: 'http://proxy:1', NO_PROXY: 'partners.qubs.io:8443' }, 'http://proxy:1'],
    [{ HTTPS_PROXY: 'http://proxy:1', NO_PROXY: 'bs.io' }, 'http://proxy:1'],
    [{ HTTPS_PROXY: 'http://proxy:1', NO_PROXY: '*.partners.qubs.io' }, 'http://proxy:1'],
    [{ HTTPS_PROXY: 'http://proxy:1', NO_PROXY: ', ,' }, 'http://proxy:1'],
  ])('%j gives %j', (environment, expected) => {
    expect(proxyFromEnvironment(api, environment)).toBe(expected)
  })
})

describe('the proxy setting', () => {
  const environment = { HTTPS_PROXY: 'http://from-environment:1' }
  const desktop = () => Promise.resolve('http://from-desktop:1')

  it('system asks the desktop where there is one, else the environment', async () => {
    expect(await proxyResolver('system', environment, desktop)(address(api))).toBe('http://from-desktop:1')
    expect(await proxyResolver('system', environment, undefined)(address(api))).toBe(
      'http://from-environment:1',
    )
  })

  it('none and an explicit address ask nobody', async () => {
    expect(await proxyResolver('none', environment, desktop)(address(api))).toBeNull()
    expect(await proxyResolver('explicit:8080', environment, desktop)(address(api))).toBe(
      'http://explicit:8080',
    )
  })

  it.each(['http://localhost:1', 'http://127.0.0.1:1', 'http://[::1]:1', 'https://localhost'])(
    'never proxies %s',
    async (url) => {
      expect(await proxyResolver('http://explicit:8080', environment, desktop)(address(url))).toBeNull()
    },
  )

  it('knows this machine by its names', () => {
    expect(['localhost', 'LOCALHOST.', 'a.localhost', '127.0.0.2', '[::1]'].every(isLoopback)).toBe(true)
    expect(['localhost.example', '128.0.0.1', '1127.0.0.1', 'partners.qubs.io'].some(isLoopback)).toBe(false)
  })

  it('takes http and https proxies only', () => {
    expect(['http://p:1', 'https://p:1', 'p:1', 'http://user:word@p:1'].every(isProxyAddress)).toBe(true)
    expect(['socks5://p:1', 'http://', 'not an address'].some(isProxyAddress)).toBe(false)
  })
})
