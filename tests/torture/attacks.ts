import type { Attack } from './attack.ts'
import { clock } from './clock.ts'
import { deadPc } from './dead-pc.ts'
import { diskFull } from './disk-full.ts'
import { districtRestore } from './district-restore.ts'
import { journalDamage } from './journal-damage.ts'
import { kill } from './kill.ts'
import { line } from './line.ts'
import { powerCut } from './power-cut.ts'
import { twoDesks } from './two-desks.ts'
import { versions } from './versions.ts'
import { viewWipe } from './view-wipe.ts'

/** Every attack, in the order `npm run torture` tries them. */
export const attacks: readonly Attack[] = [
  kill,
  powerCut,
  viewWipe,
  journalDamage,
  diskFull,
  line,
  clock,
  districtRestore,
  versions,
  twoDesks,
  deadPc,
]
