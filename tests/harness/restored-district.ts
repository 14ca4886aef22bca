import path from 'node:path'
import { onTestFinished } from 'vitest'
import { readBackup } from '../../district/backup/read-backup.ts'
import { writeBackup } from '../../district/backup/write-backup.ts'
import { tempFolder } from './temp-folder.ts'
import type { SharedCluster } from './test-cluster.ts'
import type { TestDistrict } from './test-district.ts'

/** A backup of the district as it is now; answers the file. */
export async function backUp({ district: { store, dataFolder } }: TestDistrict): Promise<string> {
  const file = path.join(tempFolder(), 'district.backup')
  await writeBackup(store.allUnits, { dataFolder, file, takenAt: '2022-08-17T02:00:00.000Z', scans: true })
  return file
}

/** Another district that came back from the file, until the test ends. */
export async function restore(cluster: SharedCluster, file: string): Promise<TestDistrict> {
  const spare = await cluster.district()
  await readBackup(spare.district.store.allUnits, spare.district.dataFolder, file)
  const restored = await cluster.restart(spare)
  onTestFinished(() => restored.close())
  return restored
}
