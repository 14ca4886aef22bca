import { expect, onTestFinished, test } from 'vitest'
import { makeRecoveryFile } from '../../district/escrow/recovery-file.ts'
import { publishRecoveryKey } from '../../district/store/publications.ts'
import type { UnitId } from '../../shared/core/ids.ts'
import { enrolDesk, openNodeDesk, signIn } from '../harness/node-desk.ts'
import { tempFolder } from '../harness/temp-folder.ts'
import { testCluster } from '../harness/test-cluster.ts'

const cluster = testCluster()

test('a desk leaves its sealed key again with a district that was restored from before it had it', async () => {
  let district = await cluster.district()
  onTestFinished(() => district.close())
  const { keyId, publicKey } = await makeRecoveryFile('goi' as UnitId, 'ba con vịt lội qua ao')
  const { store, clock } = district.district
  await publishRecoveryKey(store, 'goi', { keyId, publicKey }, clock.now())
  const desk = await openNodeDesk({ folder: tempFolder() })
  onTestFinished(() => desk.close())
  await enrolDesk(desk, district.url, await district.code(), 'Quầy 1')
  await signIn(desk, 'goi.son')
  desk.startExchange()
  const held = async () => (await district.district.store.allUnits.query('select 1 from desk_escrow')).rowCount
  const comesToHold = () =>
    expect
      .poll(
        async () => {
          await desk.findExchange()?.now()
          return held()
        },
        { timeout: 20_000 },
      )
      .toBe(1)
  await comesToHold()
  await store.allUnits.query('delete from desk_escrow')
  await store.query(`update district set epoch = 'a later life'`)
  district = await cluster.restart(district)
  const identity = desk.identity.current()
  if (!identity) throw new Error('not enrolled')
  await desk.atRest(() => desk.identity.save({ ...identity, districtUrl: district.url }))
  await comesToHold()
})
