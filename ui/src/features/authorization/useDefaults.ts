import { useQuery } from '@tanstack/react-query';

import { commands } from '../../generated/api';
import type { AuthorizationKind } from '../../generated/api';

/** What a new authentication of a kind begins as; undefined until it is known. It never changes. */
export function useDefaults(kind: AuthorizationKind) {
  const { data } = useQuery({
    queryKey: ['default_authentication', kind],
    queryFn: () => commands.defaultAuthentication({ kind }),
    staleTime: Infinity,
  });
  return data;
}
