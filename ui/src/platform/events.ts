import { listen as tauriListen } from '@tauri-apps/api/event';

/**
 * Calls `handler` with every event of the desktop shell; they all come over one channel.
 *
 * Returns the function that stops it; safe to call before the subscription stands.
 */
export function listen(handler: (event: unknown) => void): () => void {
  let stopped = false;
  let stop: (() => void) | undefined;
  void tauriListen<unknown>('stepsmith', (event) => {
    if (!stopped) handler(event.payload);
  }).then((unlisten) => {
    if (stopped) unlisten();
    else stop = unlisten;
  });
  return () => {
    stopped = true;
    stop?.();
  };
}
