// caught by: nothing
export const electronNeutral = 'electron'
