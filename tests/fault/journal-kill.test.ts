import { spawn } from 'node:child_process'
import { beforeAll, expect, test } from 'vitest'
import { bundleProgram } from '../harness/bundle.ts'
import { sampleId } from '../harness/sample-events.ts'
import { openSampleJournal } from '../harness/sample-journal.ts'
import { tempFolder } from '../harness/temp-folder.ts'

let writer = ''
beforeAll(() => {
  writer = bundleProgram('tests/fault/programs/journal-writer.ts', 'journal-writer')
}, 120_000)

/** Lets the writer work for a while, kills it with no warning, and answers the last number it called durable; 0 if none. */
function writeUntilKilled(folder: string, first: number, ms: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [writer, folder, String(first)], { stdio: ['ignore', 'pipe', 'inherit'] })
    let out = ''
    child.stdout.on('data', (part: Buffer) => {
      if (out === '') setTimeout(() => child.kill('SIGKILL'), ms)
      out += part.toString()
    })
    child.on('error', reject)
    child.on('close', () => resolve(Math.max(0, ...out.split('\n').slice(0, -1).map(Number).filter(Number.isFinite))))
  })
}

test('kill -9 in the middle of writing, again and again: every acknowledged entry stands, once, and the journal opens', async () => {
  const folder = tempFolder()
  let acknowledged = 0
  let first = 2
  for (let round = 0; round < 12; round += 1) {
    const last = await writeUntilKilled(folder, first, 15 + ((round * 37) % 90))
    acknowledged = Math.max(acknowledged, last)
    // One more may have been written without being acknowledged. On a busy disk a round may end before its first entry.
    first = Math.max(first, last + 1) + 1
    const { journal } = await openSampleJournal(folder, true)
    if (acknowledged > 0) expect(journal.index.events.has(sampleId(acknowledged))).toBe(true)
    const chainNumbers = [...journal.index.events.values()].map(({ chainN }) => chainN)
    expect(chainNumbers).toEqual(chainNumbers.map((_, at) => at + 1))
    expect(journal.isWhole()).toBe(true)
    await journal.close()
  }
  expect(acknowledged).toBeGreaterThan(100)
})
