import { afterAll, beforeAll } from 'vitest'
import { TestCluster } from './test-district.ts'

export type SharedCluster = Pick<TestCluster, 'district' | 'restart' | 'twin' | 'disconnect'>

/** The cluster of a test file: started before its first test, stopped after its last. */
export function testCluster(): SharedCluster {
  let cluster: TestCluster
  beforeAll(async () => {
    cluster = await TestCluster.start()
  }, 120_000)
  afterAll(() => cluster?.stop())
  return {
    district: (options) => cluster.district(options),
    restart: (district, options) => cluster.restart(district, options),
    twin: (district) => cluster.twin(district),
    disconnect: (district, work) => cluster.disconnect(district, work),
  }
}
