import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { test } from '@playwright/test'
import type { Telling } from '../story/telling.ts'

const out = path.resolve(import.meta.dirname, '..', '..', 'out', 'tour')

/** An empty `out/tour/` that a story fills with numbered pictures and the papers it printed. */
export function openAlbum(): Telling {
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  let pictures = 0
  return {
    papers: path.join(out, 'receipts'),
    picture: async (page, name) => {
      pictures += 1
      const file = `${String(pictures).padStart(2, '0')}-${name}.png`
      await page.screenshot({ path: path.join(out, file) })
      console.log(`  picture: out/tour/${file}`)
    },
    step: (title, run) => {
      console.log(`• ${title}`)
      return test.step(title, run)
    },
  }
}
