import type { Attack } from './attack.ts'

/** Every attack, in the order `npm run torture` tries them. */
export const attacks: readonly Attack[] = []
