import fs from 'node:fs'
import path from 'node:path'
import { signIn, whenDoorIsReady } from './desk-page.ts'
import { type ElectronApp, startApp } from './electron-app.ts'
import type { FilledDesk } from './filled-desk.ts'
import { root } from './root.ts'

const restMs = 3_000

/** The real app with an officer signed in, its list whole, and the probe (`page/probe.ts`) in its page. */
export async function openSignedIn({ profile, open }: FilledDesk): Promise<ElectronApp> {
  const app = await startApp(profile)
  try {
    await whenDoorIsReady(app.page)
    await signIn(app.page, open)
    await app.page.waitForTimeout(restMs)
    await bringProbe(app)
    return app
  } catch (cause) {
    await app.close()
    throw cause
  }
}

async function bringProbe({ session }: ElectronApp): Promise<void> {
  const expression = fs.readFileSync(path.join(root, 'out', 'bench', 'probe', 'probe.js'), 'utf8')
  const brought = await session.send('Runtime.evaluate', { expression, allowUnsafeEvalBlockedByCSP: true })
  const failed = brought.exceptionDetails?.exception?.description
  if (brought.exceptionDetails) throw new Error(`the probe does not start: ${failed}`)
}
