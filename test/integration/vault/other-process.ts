import { loadOrCreateKey } from '../../../electron/vault/keys.ts'
import { openVault } from '../../../electron/vault/open-vault.ts'
import { VaultError } from '../../../electron/vault/vault.ts'

/** A second process that uses the vault as a host does: `set DOMAIN VALUE`, `get DOMAIN`, `get-soon DOMAIN`, `key PROFILE`. */
const [task = '', of = '', value = ''] = process.argv.slice(2)

async function carryOut(): Promise<string> {
  switch (task) {
    case 'set':
      await openVault(process.env).set(`qubs:${of}`, value)
      return ''
    case 'get':
      return (await openVault(process.env).get(`qubs:${of}`)) ?? ''
    case 'get-soon':
      try {
        return (await openVault(process.env, 500).get(`qubs:${of}`)) ?? ''
      } catch (error) {
        return error instanceof VaultError ? error.reason : 'something else'
      }
    case 'key':
      return Buffer.from(await loadOrCreateKey(openVault(process.env), `seal:${of}`)).toString('hex')
    default:
      throw new Error('no such task')
  }
}

process.stdout.write(await carryOut())
