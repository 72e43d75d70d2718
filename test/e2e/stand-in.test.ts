import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Desktop } from '../desktop-host/desktop.ts'
import { findChromium } from '../desktop-host/host/chromium.ts'
import { startOnStandIn } from '../desktop-host/stand-in-driver.ts'

/** The stand-in itself, by a small app of its own: what it promises to the specs of the real one. */

const appFolder = join(import.meta.dirname, '..', 'desktop-host', 'fixture')
const noChromium = findChromium() === null

let home = ''
let running: Desktop[] = []

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'radpost-stand-in-home-'))
})
afterEach(async () => {
  for (const desktop of running) await desktop.close()
  running = []
  rmSync(home, { recursive: true, force: true })
})

async function start(...args: string[]): Promise<Desktop> {
  const desktop = await startOnStandIn({ appFolder, homeFolder: home, mainBundle: 'main.js', args })
  running.push(desktop)
  return desktop
}

describe.skipIf(noChromium)(`the desktop stand-in${noChromium ? ' (skipped here: no Chromium)' : ''}`, () => {
  it('gives the page what its preload exposes and nothing of the preload itself', async () => {
    const page = await (await start()).page()
    expect(
      await page.evaluate(
        '[typeof fixture.call, fixture.constant, Object.isFrozen(fixture), typeof onlyInThePreload, typeof radpostToHost, typeof require, typeof process]',
      ),
    ).toEqual(['function', 42, true, 'undefined', 'undefined', 'undefined', 'undefined'])
  })

  it('serves the app by its own scheme, workers too, and Chromium keeps its content policy', async () => {
    const desktop = await start()
    const page = await desktop.page()
    await page.waitForFunction('window.fromWorker !== undefined')
    expect(await page.evaluate('[window.fromWorker, window.inlineScriptRan]')).toEqual([
      'from a module of the worker',
      undefined,
    ])
    expect((await desktop.state()).windows[0]?.url).toBe('app://fixture/page.html')
  })

  it('carries values, bytes and errors between page and main process', async () => {
    const page = await (await start()).page()
    expect(
      await page.evaluate(`fixture
        .call('echo', [undefined, new Uint8Array([1, 2, 255]), new Date(5), new Map([[1, { a: null }]])])
        .then((v) => [v[0], v[1] instanceof Uint8Array, v[1][2], v[2] instanceof Date, v[3].get(1).a])`),
    ).toEqual([undefined, true, 255, true, null])
    await expect(page.evaluate("fixture.call('fail')")).rejects.toThrow('no luck')
    await expect(page.evaluate("fixture.call('lacking')")).rejects.toThrow(
      'The desktop stand-in has no app.notThere',
    )
    await expect(page.evaluate('fixture.lacking()')).rejects.toThrow('no ipcRenderer.sendSync')
  })

  it('says who called, truthfully', async () => {
    const desktop = await start()
    const page = await desktop.page()
    expect(await page.evaluate("fixture.call('sender')")).toEqual({
      url: 'app://fixture/page.html',
      origin: 'app://fixture',
      main: true,
      same: true,
      frame: true,
    })
    const other = await desktop.callAs({ url: 'https://evil.example/', isMainFrame: false }, 'fixture:call', [
      'sender',
    ])
    expect(other.value).toMatchObject({ url: 'https://evil.example/', main: false, frame: false })
  })

  it('pushes events until the page stops listening, and records all that crossed', async () => {
    const desktop = await start()
    const page = await desktop.page()
    await page.evaluate("fixture.call('send', 'one')")
    await page.waitForFunction('window.heard.length === 1')
    await page.evaluate("window.stop(); fixture.call('send', 'two')")
    await page.evaluate("fixture.call('echo', 3)")
    expect(
      await page.evaluate(
        '[window.heard.length, window.heard[0][0], window.heard[0][1] instanceof Uint8Array]',
      ),
    ).toEqual([1, 'one', true])
    expect(await desktop.traffic()).toContainEqual({
      kind: 'event',
      channel: 'fixture:event',
      args: ['two', new Uint8Array([1, 2])],
    })
  })

  it('runs a utility process with a parent port', async () => {
    const page = await (await start()).page()
    expect(
      await page.evaluate(
        "fixture.call('utility', { number: 4, bytes: new Uint8Array([9]) }).then((v) => [v.twice, v.bytes[0]])",
      ),
    ).toEqual([8, 9])
  })

  it('shows tray, dialogs, notifications and power events to the test and lets it use them', async () => {
    const desktop = await start()
    const page = await desktop.page()
    expect((await desktop.state()).tray).toMatchObject({ toolTip: 'Fixture is idle', image: null })
    await desktop.chooseTrayItem('More', 'Busy')
    expect((await desktop.state()).tray?.toolTip).toBe('Fixture is busy')
    await expect(desktop.chooseTrayItem('More', 'Never')).rejects.toThrow('disabled')
    await desktop.power('suspend')
    expect((await desktop.state()).tray?.toolTip).toBe('Fixture sleeps')
    const asked = page.evaluate("fixture.call('folder')")
    await desktop.until('the dialog', ({ dialogs }) => dialogs.length === 1)
    await desktop.chooseFolder('/chosen')
    expect(await asked).toEqual(['/chosen'])
    await page.evaluate("fixture.call('open', 'https://example.org/')")
    const { openedExternally, appUserModelId, sandboxEnabled } = await desktop.state()
    expect({ openedExternally, appUserModelId, sandboxEnabled }).toEqual({
      openedExternally: ['https://example.org/'],
      appUserModelId: 'fixture.id',
      sandboxEnabled: true,
    })
  })

  it('closes as the app decides: the close button hides, the tray shows again, quit ends', async () => {
    const desktop = await start()
    await desktop.page()
    await desktop.until('the window', ({ windows }) => windows[0]?.visible ?? false)
    await desktop.closeWindow()
    expect((await desktop.state()).windows).toMatchObject([{ visible: false }])
    await desktop.clickTray()
    expect((await desktop.state()).windows).toMatchObject([{ visible: true }])
    expect(await desktop.quit()).toBe(0)
  })

  it('keeps one instance for each folder of user data, also after a crash', async () => {
    const first = await start()
    await first.page()
    const second = await start()
    expect(await second.exited).toBe(7)
    const { notifications } = await first.until('the message', (state) => state.notifications.length === 1)
    expect(notifications[0]?.body).toBe('{"from":"fixture"}')
    await first.kill()
    const third = await start()
    expect((await third.state()).windows).toHaveLength(1)
  })

  describe('guards of the app', () => {
    let server: Server
    let asked: string[] = []
    let origin = ''

    beforeEach(async () => {
      asked = []
      server = createServer((request, response) => {
        asked.push(request.url ?? '')
        response.end('<p>Elsewhere</p>')
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    })
    afterEach(() => server.close())

    async function tryEverything(desktop: Desktop): Promise<void> {
      const page = await desktop.page()
      await page.evaluate(`fetch('${origin}/fetch', { mode: 'no-cors' }).catch(() => null)`)
      await page.evaluate(`new Promise((done) => {
        const frame = document.createElement('iframe')
        frame.src = '${origin}/frame'
        document.body.append(frame)
        const image = new Image()
        image.addEventListener('error', done)
        image.src = '${origin}/image'
      })`)
      await page.evaluate(`void window.open('${origin}/window')`)
      await page.evaluate(`void (location.href = '${origin}/navigation')`)
      const tried = ['/fetch', '/frame', '/image', '/window', '/navigation']
      await desktop.until('all attempts', ({ attempts }) =>
        tried.every((path) => attempts.some(({ url }) => url === `${origin}${path}`)),
      )
    }

    it('decide: nothing reaches a server that the app does not allow', async () => {
      const desktop = await start()
      await tryEverything(desktop)
      const { attempts, windows } = await desktop.state()
      expect(attempts.filter(({ allowed }) => allowed)).toEqual([])
      expect(windows).toMatchObject([{ url: 'app://fixture/page.html' }])
      expect(asked).toEqual([])
      expect(await (await desktop.page()).evaluate('Notification.permission')).toBe('denied')
    })

    it('are missed when they are missing', async () => {
      const desktop = await start('--unguarded')
      await tryEverything(desktop)
      await expect.poll(() => new Set(asked)).toEqual(expect.objectContaining({}))
      await expect
        .poll(() =>
          ['/fetch', '/frame', '/image', '/window', '/navigation'].filter((path) => !asked.includes(path)),
        )
        .toEqual([])
      await desktop.until(
        'the page to be led away',
        ({ windows }) => windows[0]?.url === `${origin}/navigation`,
      )
    })
  })
})
