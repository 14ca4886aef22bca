import { type TestInfo, test } from '@playwright/test'
import type { Telling } from '../story/telling.ts'

/** A story told for its claims: pictures and papers lie beside the test's report. */
export function tellingOf(info: TestInfo): Telling {
  return {
    papers: info.outputPath('papers'),
    picture: async (page, name) => {
      await page.screenshot({ path: info.outputPath(`${name}.png`) })
    },
    step: (title, run) => test.step(title, run),
  }
}
