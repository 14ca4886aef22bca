import { cpSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { chainEvent } from '../../../electron/journal/chain.ts'
import { KeyUnavailable } from '../../../electron/vault/data-key.ts'
import { openNodeDesk } from '../../harness/node-desk.ts'
import { sampleId, sampleReception } from '../../harness/sample-events.ts'
import { tempFolder } from '../../harness/temp-folder.ts'

test('a data key that is gone is not replaced by a new one over what it had sealed', async () => {
  const [folder, aside] = [tempFolder(), tempFolder()]
  const segment = path.join(folder, 'journal', '000001.log')
  const first = await openNodeDesk({ folder })
  await first.journal.append([{ own: [chainEvent(first.journal.index.chain, sampleReception(1, 1, 1))] }])
  await first.close()
  const before = readFileSync(segment)
  cpSync(path.join(folder, 'vault'), aside, { recursive: true })
  rmSync(path.join(folder, 'vault'), { recursive: true })
  for (let start = 0; start < 2; start += 1) await expect(openNodeDesk({ folder })).rejects.toThrow(KeyUnavailable)
  expect(readFileSync(segment)).toEqual(before)
  // Whoever finds it again loses nothing.
  cpSync(aside, path.join(folder, 'vault'), { recursive: true })
  const again = await openNodeDesk({ folder })
  expect(again.journal.index.events.has(sampleId(1))).toBe(true)
  await again.close()
})
