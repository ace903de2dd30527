import { shortened, legible } from '../foreign';

interface ForeignProps {
  text: string;
  /** In a sentence or a title, where a long one would push away the rest. */
  short?: boolean;
}

/** A name or a text that somebody else wrote: as it is, in its own direction, and without power over what stands around it. */
export function Foreign({ text, short = false }: ForeignProps) {
  const whole = legible(text);
  return <bdi>{short ? shortened(whole) : whole}</bdi>;
}
