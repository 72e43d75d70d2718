import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { words } from '../../renderer/words.ts'
import { CALL_CHANNEL } from '../../shared/ipc-channels.ts'
import { whyNot } from './support/site.ts'
import { useDesktopSite } from './support/use-site.ts'

/**
 * What a script could do that got into the window's page, by a hostile document perhaps: it is run in the page's own
 * world and tries to get out. A real server on loopback counts what reaches it.
 */

const notHere = whyNot()

describe.skipIf(notHere !== null)(
  `a hostile page${notHere === null ? '' : ` (skipped here: ${notHere})`}`,
  () => {
    const used = useDesktopSite({ connected: true, shared: true, isHostile: true })
    let server: Server
    let reached: string[] = []
    let elsewhere = ''

    beforeEach(async () => {
      reached = []
      server = createServer((request, response) => {
        reached.push(request.url ?? '')
        response.setHeader('access-control-allow-origin', '*')
        response.end('<p>Elsewhere</p>')
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      elsewhere = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    })
    afterEach(() => server.close())

    it('reaches no server: by fetch, picture, frame, form, beacon, socket, worker or style', async () => {
      const page = await used.page()
      const tried = await page.evaluate(`(async () => {
      const at = '${elsewhere}'
      const said = {}
      const note = (name, attempt) => attempt.then(() => (said[name] = 'went'), () => (said[name] = 'refused'))
      const loads = (element, name) => note(name, new Promise((done, fail) => {
        element.addEventListener('load', done)
        element.addEventListener('error', fail)
        document.addEventListener('securitypolicyviolation', fail, { once: true })
        document.body.append(element)
      }))
      const make = (tag, properties) => Object.assign(document.createElement(tag), properties)
      await note('fetch', fetch(at + '/fetch'))
      await note('no-cors', fetch(at + '/no-cors', { mode: 'no-cors' }))
      await loads(make('img', { src: at + '/picture' }), 'picture')
      await loads(make('iframe', { src: at + '/frame' }), 'frame')
      await loads(make('script', { src: at + '/script.js' }), 'script')
      await loads(make('link', { rel: 'stylesheet', href: at + '/style.css' }), 'style')
      navigator.sendBeacon(at + '/beacon')
      await note('socket', new Promise((done, fail) => {
        const socket = new WebSocket(at.replace('http', 'ws') + '/socket')
        socket.onopen = done
        socket.onerror = fail
      }))
      await note('worker', new Promise((done, fail) => {
        const worker = new Worker(at + '/worker.js')
        worker.onmessage = done
        worker.onerror = fail
      }))
      const form = make('form', { action: at + '/form', method: 'post' })
      document.body.append(form)
      form.submit()
      return said
    })()`)
      expect(tried).toEqual({
        fetch: 'refused',
        'no-cors': 'refused',
        picture: 'refused',
        frame: 'refused',
        script: 'refused',
        style: 'refused',
        socket: 'refused',
        worker: 'refused',
      })
      expect(reached).toEqual([])
    })

    it('leads the window nowhere and opens no other', async () => {
      const page = await used.page()
      const { desktop } = used
      await page.evaluate(`void window.open('${elsewhere}/window')`)
      await page.evaluate(`void window.open('${elsewhere}/named', 'name', 'popup')`)
      await page.evaluate(
        `void document.body.append(Object.assign(document.createElement('a'), { id: 'way-out', href: '${elsewhere}/link', target: '_blank', textContent: 'way out' }))`,
      )
      await page.evaluate("document.getElementById('way-out').click()")
      await page.evaluate(`void (location.href = '${elsewhere}/navigation')`)
      const { attempts, openedExternally } = await desktop.until('the attempts', (state) =>
        ['/window', '/named', '/link', '/navigation'].every((path) =>
          state.attempts.some(({ url }) => url === `${elsewhere}${path}`),
        ),
      )
      expect(attempts.filter(({ allowed, url }) => allowed && url.startsWith(elsewhere))).toEqual([])
      expect(openedExternally).toEqual([])
      expect((await desktop.state()).windows).toHaveLength(1)
      expect((await desktop.state()).windows[0]?.url).toMatch(/^app:\/\/radpost\//)
      expect(reached).toEqual([])
      await page.getByRole('navigation', { name: words.shell.views }).waitFor()
    })

    it('runs no code from a string and no script in the page', async () => {
      const page = await used.page()
      expect(
        await page.evaluate(`(async () => {
        // The debugger's own call may evaluate strings; a script of the page may not.
        const script = document.createElement('script')
        script.textContent = 'window.inlineScriptRan = true'
        document.body.append(script)
        document.body.insertAdjacentHTML('beforeend', '<img src="nothing" onerror="window.handlerRan = true">')
        await new Promise((done) => document.body.lastElementChild.addEventListener('error', done))
        return [window.inlineScriptRan, window.handlerRan]
      })()`),
      ).toEqual([undefined, undefined])
      expect(
        await page.evaluate(
          "[...document.querySelectorAll('script:not([src]), style')].filter((e) => e.textContent !== 'window.inlineScriptRan = true').length",
        ),
      ).toBe(0)
    })

    it('finds neither Node nor the preload, only the two functions it was given', async () => {
      const page = await used.page()
      expect(
        await page.evaluate(`[
        typeof require, typeof process, typeof module, typeof Buffer, typeof global, typeof electron, typeof ipcRenderer,
        Object.keys(window.radpost).sort().join(), Object.isFrozen(window.radpost),
      ]`),
      ).toEqual([...Array.from({ length: 7 }, () => 'undefined'), 'call,on', true])
      expect(
        await page
          .evaluate("[window.radpost.call.constructor('return typeof process')].length && 0")
          .catch(() => 0),
      ).toBe(0)
    })

    it('has no permission of the system', async () => {
      const page = await used.page()
      expect(
        await page.evaluate(`Promise.all(['geolocation', 'camera', 'microphone', 'notifications', 'clipboard-read'].map(
        (name) => navigator.permissions.query({ name }).then(({ state }) => state),
      ))`),
      ).toEqual(['denied', 'denied', 'denied', 'denied', 'denied'])
    })

    it('is answered only what the contract has, and told so in a sentence', async () => {
      const page = await used.page()
      for (const [name, args] of [
        ['app.exec', {}],
        ['__proto__', {}],
        ['constructor', {}],
        ['deliveries.list', { limit: 'all' }],
        ['held.document', { id: '../../settings.json' }],
        ['held.resolve', { id: 'x' }],
        [{ toString: 1 }, {}],
      ]) {
        const answer = (await page.evaluate(
          `window.radpost.call(${JSON.stringify(name)}, ${JSON.stringify(args)})`,
        )) as { ok: boolean; message?: string }
        expect(answer).toMatchObject({ ok: false, message: expect.any(String) })
        expect(answer.message).not.toMatch(/Error|at .*:\d+|[/\\]/)
      }
    })

    it('cannot ask in the name of the window from another page or a frame', async () => {
      await used.page()
      const { desktop } = used
      for (const sender of [
        { url: 'https://evil.example/', isMainFrame: true },
        { url: 'app://radpost/', isMainFrame: false },
        { url: 'app://radpost.evil.example/', isMainFrame: true },
        { url: 'app://evil/', isMainFrame: true },
        { url: 'file:///etc/passwd', isMainFrame: true },
      ]) {
        const { value } = await desktop.callAs(sender, CALL_CHANNEL, ['app.info', {}])
        expect(value, sender.url).toMatchObject({ ok: false })
      }
      expect(
        (await desktop.callAs({ url: 'app://radpost/', isMainFrame: true }, CALL_CHANNEL, ['app.info', {}]))
          .value,
      ).toMatchObject({ ok: true })
    })
  },
)
