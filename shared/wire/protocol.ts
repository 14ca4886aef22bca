/**
 * The version of everything desks and district say to each other. `tests/contract/wire-fingerprint.test.ts` holds a
 * fingerprint of the schemas: a change there asks for a line here.
 */
export const protocolVersion = 3

/** The oldest desk the district still answers; older ones are told to update and keep their events. */
export const protocolFloor = 1

/** What changed, newest first. */
export const protocolHistory = [
  {
    version: 3,
    on: '2026-11-30',
    change: 'An event decided again more than once names all it had been, and is said to replace them all',
  },
  { version: 2, on: '2026-11-30', change: 'Verdicts may travel in brief, where the desk says so' },
  {
    version: 2,
    on: '2026-11-29',
    change:
      'A reply is signed whole and with the nonce it answers, and so is the time an expired request is told; a desk that comes back to a code proves its key; pages of what is given back pass what was brought before',
  },
  {
    version: 1,
    on: '2026-11-24',
    change: 'Accepted verdicts tell when; a reply’s signature counts texts in bytes; an event may replace two',
  },
  {
    version: 1,
    on: '2026-11-23',
    change: 'Beside an event’s text stands what it is about; a reply’s signature covers its texts one behind the other',
  },
  {
    version: 1,
    on: '2026-11-23',
    change:
      'The texts of events may stand beside their message, where both sides say so; as JSON it is still understood',
  },
  { version: 1, on: '2026-11-23', change: 'The names of a unit’s desks are published to it' },
  {
    version: 1,
    on: '2026-11-23',
    change: 'Streams are proved, so that a restored district is given back what it had; gaps of a chain are told',
  },
  { version: 1, on: '2026-11-23', change: 'Dossiers are corrected, returned work is answered, findings are closed' },
  { version: 1, on: '2026-11-23', change: 'A reply announces keys of TLS; a former desk names unit and lane' },
  {
    version: 1,
    on: '2026-11-23',
    change: 'What a reader can reckon stays off the line; a desk says how much a reply may carry',
  },
  { version: 1, on: '2026-11-23', change: 'A unit’s recovery key is published; desks leave sealed data keys' },
  { version: 1, on: '2026-11-23', change: 'Letter box keys are exchanged at enrolment; courier files' },
  { version: 1, on: '2026-11-23', change: 'An enrolment may name its former desk id; a whole reply is signed' },
  { version: 1, on: '2026-11-23', change: 'First version' },
] as const
