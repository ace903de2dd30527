import type { Authentication, Preset, Request } from '../../generated/api';
import { KIND_NAMES, kindOf, switched } from './kinds';

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

/** Hosts of a preset's requests: people know a provider by them, too. */
function hosts(preset: Preset): string[] {
  return texts(preset.authentication).flatMap((text) => /^https?:\/\/([^/?#]+)/.exec(text)?.[1] ?? []);
}

/** The presets that fit what is typed: by title first, then by name, host and notes. */
export function found(presets: readonly Preset[], typed: string): Preset[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const rank = (preset: Preset): number => {
    const title = preset.title.toLowerCase();
    const names = `${title} ${preset.name} ${hosts(preset).join(' ')}`.toLowerCase();
    const all = `${names} ${preset.notes.join(' ')}`.toLowerCase();
    if (words.length === 0 || title.startsWith(words.join(' '))) return 0;
    if (words.every((word) => names.includes(word))) return 1;
    return words.every((word) => all.includes(word)) ? 2 : 3;
  };
  return presets
    .map((preset) => ({ preset, rank: rank(preset) }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ preset }) => preset);
}

function replacedIn<T>(value: T, words: readonly (readonly [word: string, text: string])[]): T {
  if (typeof value === 'string') {
    return words.reduce<string>((text, [word, own]) => text.replaceAll(word, own), value) as T;
  }
  if (Array.isArray(value)) return value.map((one: unknown) => replacedIn(one, words)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, replacedIn(member as unknown, words)]),
  ) as T;
}

/** The word's part of an address that was pasted in its place: `acme` of `https://acme.p.example/home` in `YOUR_SITE.p.example`. */
function meant(word: string, own: string, templates: readonly string[]): string {
  const host =
    own
      .trim()
      .replace(/^https?:\/\//i, '')
      .split(/[/?#]/)[0] ?? '';
  for (const template of templates) {
    const [before, after] = template.split(word);
    if (before === undefined || after === undefined || host.length <= before.length + after.length) continue;
    if (host.startsWith(before) && host.endsWith(after)) {
      return host.slice(before.length, host.length - after.length);
    }
  }
  return templates.some((template) => template.includes(word)) ? host : own.trim();
}

/** The authentication of a preset, with the author's own words in the place of those that were filled in. */
export function filledIn(preset: Preset, own: Readonly<Record<string, string>>): Authentication {
  const words = preset.placeholders.flatMap(({ word }) => {
    const text = meant(word, own[word] ?? '', hosts(preset));
    return text === '' ? [] : [[word, text] as const];
  });
  // The longest first: one word may begin another.
  words.sort(([a], [b]) => b.length - a.length);
  return replacedIn(preset.authentication, words);
}

/** The authentication with a preset in the place of its kind. The client of the same kind stays: it is the author's own. */
export function withPreset(
  authentication: Authentication,
  preset: Preset,
  own: Readonly<Record<string, string>>,
): Authentication {
  const next = filledIn(preset, own);
  const { oauth2, oauth1 } = authentication;
  return switched(authentication, {
    ...next,
    ...(next.oauth2 && oauth2
      ? {
          oauth2: {
            ...next.oauth2,
            client_id: oauth2.client_id === '' ? next.oauth2.client_id : oauth2.client_id,
            client_secret: oauth2.client_secret,
          },
        }
      : {}),
    ...(next.oauth1 && oauth1
      ? {
          oauth1: {
            ...next.oauth1,
            consumer_key: oauth1.consumer_key === '' ? next.oauth1.consumer_key : oauth1.consumer_key,
            consumer_secret: oauth1.consumer_secret,
          },
        }
      : {}),
  });
}

/** A part of the authentication that a preset will put something else in the place of. */
export interface Replacement {
  /** "Authorization URL". */
  name: string;
  /** What stands there now, and what will; absent = nothing. */
  before?: string | undefined;
  after?: string | undefined;
}

const REQUESTS: readonly (readonly [key: string, name: string])[] = [
  ['request_token_request', 'Request token'],
  ['authorization_request', 'Authorization URL'],
  ['get_token_request', 'Get token'],
  ['refresh_token_request', 'Refresh token'],
  ['test_token_request', 'Test token'],
];

function requestsOf({ oauth2, oauth1 }: Authentication): Readonly<Record<string, unknown>> {
  return { ...(oauth2 ?? oauth1) };
}

function shown(request: unknown): string | undefined {
  const { method, url } = (request ?? {}) as Partial<Request>;
  return url === undefined || url === '' ? undefined : `${method ?? 'GET'} ${url}`;
}

/** What a preset replaces of what the author has: nothing that is as `next` has it. */
export function replacements(before: Authentication, next: Authentication): Replacement[] {
  const kind = kindOf(before);
  if (kind === 'custom') {
    const count = before.custom?.inputs.length ?? 0;
    return count === 0
      ? []
      : [{ name: `Custom form with ${String(count)} ${count === 1 ? 'input' : 'inputs'}` }];
  }
  const [old, now] = [requestsOf(before), requestsOf(next)];
  const rows = REQUESTS.flatMap(([key, name]) =>
    shown(old[key]) === undefined || JSON.stringify(old[key]) === JSON.stringify(now[key])
      ? []
      : [{ name, before: shown(old[key]), after: shown(now[key]) }],
  );
  if (kind !== 'none' && kind !== kindOf(next) && rows.length > 0) {
    return [{ name: `${KIND_NAMES[kind]}, whole, its client included` }, ...rows];
  }
  return rows;
}
