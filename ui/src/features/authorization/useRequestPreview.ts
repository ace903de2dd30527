import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';

import { commands } from '../../generated/api';
import type { Authentication, RequestKind, RequestPreview } from '../../generated/api';

/** Milliseconds without an edit before a request is rendered again. */
const DELAY = 200;
/** An answer for each keystroke need not be kept for long. */
const KEPT = 5_000;

/** How a request will look, what is wrong with it and what its templates may hold; undefined until it is known for the first time. */
export function useRequestPreview(
  authentication: Authentication,
  request: RequestKind,
  redirect_uri: string,
): { preview: RequestPreview | undefined; error: Error | null } {
  const [settled] = useDebouncedValue(authentication, DELAY);
  const { data, error } = useQuery({
    queryKey: ['request_preview', request, redirect_uri, settled],
    queryFn: () => commands.previewRequest({ authentication: settled, request, redirect_uri }),
    // While the next one is rendered the last one stays, so that nothing flickers.
    placeholderData: (last) => last,
    gcTime: KEPT,
    staleTime: KEPT,
  });
  return { preview: data, error };
}
