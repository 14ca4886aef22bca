/** The oldest runtimes that must understand what is bundled: Electron 33 carries Chromium 130 and Node 20. */
export const NODE_TARGET = 'node20'
export const PAGE_TARGET = 'chrome130'
