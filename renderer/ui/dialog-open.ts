/** True while a dialog lies over the screen: keys then belong to it. */
export function isDialogOpen(): boolean {
  return document.querySelector('[role=dialog]') !== null
}
