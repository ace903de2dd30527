import { useState } from 'react';

import { notifyFailed } from '../notify';

/** Carries out the choice between two texts of a conflict; `busy` until it is done or has failed. */
export function useSettle(): { busy: boolean; settle: (choice: () => Promise<void>) => void } {
  const [busy, setBusy] = useState(false);
  const settle = (choice: () => Promise<void>) => {
    setBusy(true);
    choice()
      .catch((cause: unknown) => notifyFailed('The choice could not be carried out', cause))
      .finally(() => setBusy(false));
  };
  return { busy, settle };
}
