/** What a demonstration keeps between two starts: its port and the moment its day began. */
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'

/** @typedef {{ port: number, firstStartedAt: number }} DemoMemory */

/**
 * An enrolled desk knows its district by address, so the port of the first start is kept.
 * @param {string} folder
 * @returns {Promise<DemoMemory>}
 */
export async function rememberedDemo(folder) {
  const file = path.join(folder, 'demo.json')
  if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, 'utf8'))
  const memory = { port: await freePort(), firstStartedAt: Date.now() }
  fs.mkdirSync(folder, { recursive: true })
  fs.writeFileSync(file, `${JSON.stringify(memory)}\n`)
  return memory
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/**
 * The demo day goes on where real time has taken it: a clock that jumped back at each start would rightly alarm the desk.
 * @param {string | undefined} dayBegins
 * @param {DemoMemory} memory
 */
export function demoClock(dayBegins, { firstStartedAt }) {
  if (!dayBegins) return undefined
  const elapsed = Math.max(0, Date.now() - firstStartedAt)
  return new Date(Date.parse(dayBegins) + elapsed).toISOString()
}
