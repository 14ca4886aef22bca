import fs from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import type { ElectronApp } from '../world/electron-app.ts'
import { root } from '../world/root.ts'
import { type Figure, figureOf } from './figure.ts'

const perRound = 30

/** Brings the probe (`page/probe.ts`) into the app's page. */
export async function bringProbe({ session }: ElectronApp): Promise<void> {
  const expression = fs.readFileSync(path.join(root, 'out', 'bench', 'probe.js'), 'utf8')
  const brought = await session.send('Runtime.evaluate', { expression, allowUnsafeEvalBlockedByCSP: true })
  const failed = brought.exceptionDetails?.exception?.description
  if (brought.exceptionDetails) throw new Error(`the probe does not start: ${failed}`)
}

/** Figures of the page's own parts, in the real page: its store, index and search on their own database. */
export async function pageFigures(page: Page, rounds: number): Promise<Figure[]> {
  const rebuilds: number[][] = []
  for (let round = 0; round < rounds; round += 1) rebuilds.push([await page.evaluate(() => benchProbe.rebuild())])
  const lists: (readonly number[])[] = []
  const queries: (readonly number[])[] = []
  const counts: (readonly number[])[] = []
  const searches: (readonly number[])[] = []
  for (let round = 0; round < rounds; round += 1) {
    const list = await page.evaluate((times) => benchProbe.list(times), perRound)
    lists.push(list.app)
    queries.push(list.rxdbQuery)
    counts.push(await page.evaluate((times) => benchProbe.counts(times), perRound))
    const search = await page.evaluate((times) => benchProbe.search(times), perRound)
    if (search.found === 0) throw new Error('no search found anything')
    searches.push(search.app)
  }
  await page.evaluate(() => benchProbe.close())
  const peers = { 'rxdb-query': queries }
  return [
    figureOf({ id: 'rebuild', what: 'the whole view anew from the journal', unit: 'ms', rounds: rebuilds }),
    figureOf({ id: 'list-50', what: 'a page of 50: order, documents, unsealed', unit: 'ms', rounds: lists, peers }),
    figureOf({ id: 'counts', what: 'counts of all filters (in memory)', unit: 'ms', rounds: counts }),
    figureOf({ id: 'search', what: 'search without accents (in memory)', unit: 'ms', rounds: searches }),
  ]
}
