// caught by: nothing
export const rendererNeutral = 'renderer'
