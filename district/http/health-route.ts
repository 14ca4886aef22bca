import type { FastifyInstance } from 'fastify'
import { healthPath } from '../../shared/wire/hint.ts'
import { protocolFloor, protocolVersion } from '../../shared/wire/protocol.ts'
import type { District } from '../district.ts'

/** Unsigned: who waits for the district may ask, and learns nothing else. */
export function healthRoute(server: FastifyInstance, district: District): void {
  server.get(healthPath, async () => {
    await district.store.query('select 1')
    return {
      status: 'ok',
      epoch: district.epoch,
      protocol: protocolVersion,
      protocolFloor,
      time: district.clock.now(),
    }
  })
}
