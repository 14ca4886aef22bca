import type { Role } from '../law/staff.ts'
import type { CommandType } from './command.ts'
import type { DossierStatus } from './dossier.ts'

/** Which role may give which order (NĐ 61/2018/NĐ-CP Điều 8–9). A leader may stand in for anyone. */
export const commandsOfRole = {
  reception: ['receive-dossier', 'refuse-intake', 'hand-over', 'add-note'],
  specialist: ['start-processing', 'finish-dossier', 'add-note'],
  leader: ['receive-dossier', 'refuse-intake', 'start-processing', 'finish-dossier', 'hand-over', 'add-note'],
} as const satisfies Record<Role, readonly CommandType[]>

/** Which orders make sense in which status; `none` is a dossier that does not exist yet. */
export const commandsInStatus = {
  none: ['receive-dossier', 'refuse-intake'],
  received: ['start-processing', 'finish-dossier', 'add-note'],
  'in-processing': ['finish-dossier', 'add-note'],
  finished: ['hand-over', 'add-note'],
  'handed-over': ['add-note'],
  refused: ['add-note'],
} as const satisfies Record<DossierStatus | 'none', readonly CommandType[]>

export function isPermitted(role: Role, command: CommandType): boolean {
  return (commandsOfRole[role] as readonly CommandType[]).includes(command)
}

export function isPossible(status: DossierStatus | 'none', command: CommandType): boolean {
  return (commandsInStatus[status] as readonly CommandType[]).includes(command)
}
