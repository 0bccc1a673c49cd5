/** An axis that maps a range of values to positions in a drawing. */
export interface Axis {
  from: number;
  to: number;
  /** Returns the position of a value. */
  at: (value: number) => number;
  /** The round values that are labelled along the axis. */
  ticks: number[];
}

/** The frame that charts share. Its margins hold the labels of the axes. */
export const frame = { width: 640, height: 260, left: 56, right: 16, top: 12, bottom: 40 } as const;

export function across(from: number, to: number): Axis {
  return axis(from, to, frame.left, frame.width - frame.right);
}

export function upwards(from: number, to: number): Axis {
  return axis(from, to, frame.height - frame.bottom, frame.top);
}

function axis(from: number, to: number, start: number, end: number): Axis {
  const span = to - from || 1;
  return { from, to, at: (value) => start + ((end - start) * (value - from)) / span, ticks: ticksOf(from, to) };
}

/** Returns three to six multiples of 1, 2 or 5 times a power of ten. */
export function ticksOf(from: number, to: number): number[] {
  const span = to - from;
  if (!(span > 0)) return [from];
  const power = 10 ** Math.floor(Math.log10(span / 3));
  const step = power * ([1, 2, 5, 10].find((one) => span / (power * one) < 6) ?? 10);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  // Multiply whole numbers, because sums of fractions would not be round.
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** Returns the points of a line. An absent value is skipped, so that the line connects its neighbours. */
export function line(points: readonly (readonly [number, number | null | undefined])[], x: Axis, y: Axis): string {
  return points
    .flatMap(([across, up]) => (up == null ? [] : `${x.at(across).toFixed(1)},${y.at(up).toFixed(1)}`))
    .join(' ');
}
