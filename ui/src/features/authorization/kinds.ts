import type { App, Authentication } from '../../generated/api';

/** How an app gets its credential. */
export type Kind = 'none' | 'oauth2' | 'oauth1' | 'custom';

export const KIND_NAMES: Record<Kind, string> = {
  none: 'None',
  oauth2: 'OAuth2',
  oauth1: 'OAuth1',
  custom: 'Custom',
};

export function kindOf(authentication: Authentication): Kind {
  if (authentication.oauth2 != null) return 'oauth2';
  if (authentication.oauth1 != null) return 'oauth1';
  if (authentication.custom != null) return 'custom';
  return 'none';
}

function withoutKinds(authentication: Authentication): Authentication {
  const rest = { ...authentication };
  delete rest.oauth2;
  delete rest.oauth1;
  delete rest.custom;
  return rest;
}

/** The authentication with what `to` holds in the place of its kind; fields that nobody knows stay. */
export function switched(authentication: Authentication, to: Authentication): Authentication {
  return { ...withoutKinds(authentication), ...to };
}

/** Puts back the kinds that `before` had, beside whatever else there is now. */
export function restored(app: App, before: Authentication): App {
  const { oauth2, oauth1, custom } = before;
  return {
    ...app,
    authentication: {
      ...withoutKinds(app.authentication),
      ...(oauth2 == null ? {} : { oauth2 }),
      ...(oauth1 == null ? {} : { oauth1 }),
      ...(custom == null ? {} : { custom }),
    },
  };
}

/** Whether switching away would drop something that was entered: anything but what its kind begins as. */
export function hasEntries(authentication: Authentication, start: Authentication | undefined): boolean {
  const own = ({ oauth2, oauth1, custom }: Authentication) =>
    JSON.stringify(sortedKeys({ oauth2, oauth1, custom }));
  return kindOf(authentication) !== 'none' && (!start || own(authentication) !== own(start));
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries.map(([key, member]) => [key, sortedKeys(member)] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
