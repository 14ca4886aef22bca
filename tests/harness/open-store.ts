import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'
import { wrappedValidateAjvStorage } from 'rxdb/plugins/validate-ajv'
import type { DeskStorage } from '../../renderer/store/open-database.ts'

/** RxDB's storage in memory, with every write checked against its schema as in RxDB's development mode. */
export function memoryStorage(): DeskStorage {
  return wrappedValidateAjvStorage({ storage: getRxStorageMemory() })
}
