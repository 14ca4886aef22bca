import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { chainEvent, emptyChain } from '../../../electron/journal/chain.ts'
import { encodeFrame } from '../../../electron/journal/frame.ts'
import { openMirror } from '../../../electron/journal/mirror.ts'
import { sampleReception } from '../../harness/sample-events.ts'
import { tempFolder } from '../../harness/temp-folder.ts'

const key = new Uint8Array(32).fill(9)
const first = chainEvent(emptyChain, sampleReception(1, 1, 1))
const second = chainEvent(first.chain, sampleReception(2, 2, 2))
const spelled = (found: readonly unknown[]) => JSON.parse(JSON.stringify(found))

test('what was mirrored is found again, letter for letter, behind what an older desk wrote', async () => {
  const folder = tempFolder()
  const frameKey = { key, label: 'mirror' }
  const old = encodeFrame(frameKey, 0, Buffer.from(JSON.stringify({ own: [first] })))
  writeFileSync(path.join(folder, 'mirror.log'), old)
  const opened = await openMirror(folder, key)
  expect(spelled(opened.found)).toEqual([first])
  await opened.mirror.append([second])
  await opened.mirror.close()
  const again = await openMirror(folder, key)
  expect(spelled(again.found)).toEqual([first, second])
  expect(again.chainN).toBe(2)
  await again.mirror.compact(2, [second])
  await again.mirror.close()
  const compacted = await openMirror(folder, key)
  expect(spelled(compacted.found)).toEqual([second])
  expect(compacted.chainN).toBe(2)
  await compacted.mirror.close()
})
