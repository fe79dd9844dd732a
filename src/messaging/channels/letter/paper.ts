/** Points per millimetre: PDF counts in 1/72 inch. */
const POINTS_PER_MM = 72 / 25.4;

export function mm(millimetres: number): number {
  return millimetres * POINTS_PER_MM;
}

export const PAGE = {
  width: mm(210),
  height: mm(297),
  left: mm(25),
  right: mm(20),
  top: mm(20),
  bottom: mm(24),
} as const;

/** Width between the margins. */
export const TEXT_WIDTH = PAGE.width - PAGE.left - PAGE.right;

/**
 * Where the address must stand to show through the window of a C5/6 (DL) envelope when the sheet is folded in three.
 * The window is 20 mm from the left or right edge and 20 mm from the bottom of the envelope, 35 mm high; the sheet may
 * slide 11 mm up and 10 mm sideways, so only 55 to 79 mm from the top is always in sight.
 */
export const WINDOWS = {
  left: { x: mm(25), y: mm(54), width: mm(80) },
  right: { x: mm(118), y: mm(54), width: mm(72) },
} as const;

export type EnvelopeWindow = keyof typeof WINDOWS;

/** The body starts below the window, so that nothing but the address shows through it. */
export const BODY_TOP = mm(90);

/** The highest the body may start: just under the lowest line that the window can show. */
export const COMPACT_BODY_TOP = mm(84);
