/** The two places the app can be tried in. The days and units are those of the data the district ships with. */

/**
 * @typedef {object} DataSet
 * @property {string} unitId where the first desk stands
 * @property {string} deskName
 * @property {string | undefined} clock when the demo day begins; the real clock if there is none
 */

/** @type {Readonly<Record<string, DataSet>>} */
export const DATA_SETS = {
  'vu-ban-2022': { unitId: 'goi', deskName: 'Quầy 1', clock: '2022-08-17T08:00:00+07:00' },
  'vu-ban-2025': { unitId: 'xa-vu-ban', deskName: 'Quầy 1', clock: undefined },
}

export const DEFAULT_DATA_SET = 'vu-ban-2022'
