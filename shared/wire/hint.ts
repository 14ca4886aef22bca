/**
 * `GET /v1/hints`, server-sent events: `data: {"seq":128}` when the desk's unit has news up to that place.
 * A hint carries nothing else and may be lost: the cursor finds everything.
 */
export const hintsPath = '/v1/hints'
export const exchangePath = '/v1/exchange'
export const enrolmentPath = '/v1/enrolments'
export const healthPath = '/v1/health'
