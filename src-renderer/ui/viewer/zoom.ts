/** Screen pixels for one of the picture's that the buttons go through. */
export const zoomLevels: readonly number[] = [0.25, 0.5, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48]

/**
 * The largest zoom at which a picture is wholly within a box: a whole number of the screen's own pixels (`ratio` of them
 * make a CSS pixel) for each of the picture's, or any fraction where the picture is larger than the box.
 */
export function fittingZoom(
  { height, width }: { readonly height: number; readonly width: number },
  box: { readonly height: number; readonly width: number },
  ratio: number,
): number {
  const zoom = Math.min(box.height / height, box.width / width)
  const device = Math.floor(zoom * ratio)
  return device >= 1 ? device / ratio : Math.max(zoom, 1e-3)
}

/** The next zoom in a direction, from any zoom on. */
export function nextZoom(zoom: number, direction: 1 | -1): number {
  const next =
    direction > 0
      ? zoomLevels.find((level) => level > zoom * 1.001)
      : zoomLevels.findLast((level) => level < zoom * 0.999)
  return next ?? zoom
}
