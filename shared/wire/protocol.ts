/**
 * The version of everything desks and district say to each other. `tests/contract/wire-fingerprint.test.ts` holds a
 * fingerprint of the schemas: a change there asks for a line here.
 */
export const protocolVersion = 1

/** The oldest desk the district still answers; older ones are told to update and keep their events. */
export const protocolFloor = 1

/** What changed, newest first. */
export const protocolHistory = [
  { version: 1, on: '2026-11-23', change: 'An enrolment may name its former desk id; a whole reply is signed' },
  { version: 1, on: '2026-11-23', change: 'First version' },
] as const
