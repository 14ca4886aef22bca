// caught by: nothing
export const districtNeutral = 'district'
