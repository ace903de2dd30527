import type { CustomInput } from '../../generated/api';

const SECRET = /secret|token|passw|passphrase|passcode|credential|private|api.?key|access.?key|\bpin\b/i;

/** Whether an input of a custom authorization holds what should not be read over a shoulder: `CustomInput::looks_secret`. */
export function secretLooking({ key, label }: Pick<CustomInput, 'key' | 'label'>): boolean {
  return SECRET.test(key.replaceAll('_', ' ')) || SECRET.test(label) || /(^|_)key$/i.test(key);
}
