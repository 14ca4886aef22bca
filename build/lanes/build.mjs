/** The lane that bundles the desk and the district; it counts as one test. */
import { bundleAll } from '../bundle/bundle-all.mjs'
import { NONE } from './lane.mjs'

/** @type {import('./lane.mjs').Lane} */
export const buildLane = {
  name: 'build',
  title: 'bundles of desk and district',
  async run() {
    await bundleAll()
    return { ...NONE, passed: 1 }
  },
}
