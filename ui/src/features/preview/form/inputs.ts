import { isObject, pretty } from '../../../shared/json';

/** The ten types of contract chapter 7. */
export const INPUT_TYPES = [
  'string',
  'text',
  'number',
  'date',
  'time',
  'date-time',
  'select',
  'multi-select',
  'file',
  'heading',
] as const;

export type InputType = (typeof INPUT_TYPES)[number];

export interface Option {
  label: string;
  value: string;
}

/** One line of a form, read for drawing: a form with mistakes is still drawn. */
export interface FormInput {
  type: InputType;
  /** Empty where the form forgot it, or for a heading. */
  key: string;
  label: string;
  tip?: string | undefined;
  required: boolean;
  /** As the form gives it. */
  default: unknown;
  placeholder?: string | undefined;
  options: Option[];
  /** A heading's. */
  title?: string | undefined;
  /** A heading's. */
  description?: string | undefined;
  /** What is wrong with the input itself, for the author. */
  mistakes: string[];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Reads `output.form`. What is no object cannot be drawn; the run names it among the form's problems. */
export function readInputs(list: readonly unknown[]): FormInput[] {
  return list.filter(isObject).map(readInput);
}

function readInput(raw: Record<string, unknown>): FormInput {
  const mistakes: string[] = [];
  const known = INPUT_TYPES.find((type) => type === raw.type);
  if (known === undefined) {
    const what = raw.type === undefined ? 'The type is missing' : `The type ${pretty(raw.type)} is unknown`;
    mistakes.push(`${what}: drawn as string.`);
  }
  const type = known ?? 'string';
  const key = text(raw.key) ?? '';
  const isHeading = type === 'heading';
  if (key === '' && !isHeading) mistakes.push('The key is missing: the value goes nowhere.');
  const props = isObject(raw.props) ? raw.props : {};
  const options = readOptions(props.options);
  const choosable = type === 'select' || type === 'multi-select';
  if (choosable && options.length === 0)
    mistakes.push('props.options is missing or empty: nothing to choose.');
  return {
    type,
    key,
    label: isHeading ? '' : (text(raw.label) ?? key),
    tip: text(raw.tip),
    required: !isHeading && raw.required !== false,
    default: raw.default ?? undefined,
    placeholder: text(raw.placeholder),
    options,
    title: text(props.title),
    description: text(props.description),
    mistakes,
  };
}

function readOptions(list: unknown): Option[] {
  if (!Array.isArray(list)) return [];
  const seen = new Set<string>();
  return list.filter(isObject).flatMap((option) => {
    const value = text(option.value);
    // Two options of one value cannot be told apart.
    if (value === undefined || seen.has(value)) return [];
    seen.add(value);
    return [{ value, label: text(option.label) ?? value }];
  });
}
