// Colours of departments: told apart by people with any colour vision. Beyond ten departments the
// colours come again with a stripe, and every bar and legend entry also carries its name.

const PALETTE = [
  '#3b6fb6', '#e0913a', '#2f9e8f', '#b5547b', '#8a9a2f',
  '#6c5bb0', '#63b3d8', '#c4553d', '#7d8794', '#d9b93b',
];

export interface Paint {
  fill: string;
  text: string;
  striped: boolean;
}

/** Paint of the department at a place in the pipeline. */
export function paint(place: number): Paint {
  const fill = PALETTE[place % PALETTE.length] ?? '#7d8794';
  return { fill, text: luminance(fill) > 0.36 ? '#1a2230' : '#ffffff', striped: Math.floor(place / PALETTE.length) % 2 === 1 };
}

/** Relative luminance as WCAG defines it, 0 black to 1 white. */
export function luminance(hex: string): number {
  const channel = (from: number): number => {
    const value = parseInt(hex.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** CSS background of a legend swatch. */
export function swatch(place: number): string {
  const { fill, striped } = paint(place);
  return striped
    ? `repeating-linear-gradient(135deg, ${fill} 0 3px, #ffffffa0 3px 5px), ${fill}`
    : fill;
}
