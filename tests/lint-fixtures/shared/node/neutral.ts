// caught by: nothing
export const nodeNeutral = 'neutral'
