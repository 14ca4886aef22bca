// The one file that may read given moments, and no other one.
// caught by: biome plugin
export const given = new Date('2022-08-17T08:00:00+07:00').getTime()
export const taken = new Date().getTime()
