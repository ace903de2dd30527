import { useMutation, useQueryClient } from '@tanstack/react-query';

import type { AppView } from '../../generated/api';
import { keys } from '../../shared/queries';

/** A command that ends with an app to show. */
export function useOpening<Request>(
  command: (request: Request) => Promise<AppView>,
  onOpen: (view: AppView) => void,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: command,
    onSuccess: (view) => {
      client.setQueryData(keys.app(view.id), view);
      onOpen(view);
    },
    onSettled: () => void client.invalidateQueries({ queryKey: keys.start }),
  });
}
