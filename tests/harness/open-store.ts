import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'
import { wrappedValidateAjvStorage } from 'rxdb/plugins/validate-ajv'
import type { DeskStorage } from '../../renderer/store/open-database.ts'

/** RxDB's storage in memory, with every write checked against its schema as in RxDB's development mode. */
export function memoryStorage(): DeskStorage {
  return wrappedValidateAjvStorage({ storage: getRxStorageMemory() })
}

export interface FullStorage {
  readonly storage: DeskStorage
  /** From now on writes of these collections fail as on a full disk; of none when nothing is named. */
  readonly fill: (...collections: readonly string[]) => void
  /** How many writes failed. */
  readonly failures: () => number
}

export function fullStorage(storage = memoryStorage()): FullStorage {
  let full: readonly string[] = []
  let failures = 0
  return {
    storage: {
      ...storage,
      async createStorageInstance(params) {
        const instance = await storage.createStorageInstance(params)
        const bulkWrite = instance.bulkWrite.bind(instance)
        instance.bulkWrite = async (rows, context) => {
          if (!full.includes(params.collectionName)) return bulkWrite(rows, context)
          failures += 1
          throw new DOMException('the disk is full', 'QuotaExceededError')
        }
        return instance
      },
    },
    fill: (...collections) => {
      full = collections
    },
    failures: () => failures,
  }
}
