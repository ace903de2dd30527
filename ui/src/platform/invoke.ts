import { invoke as tauriInvoke } from '@tauri-apps/api/core';

import { ApiError } from './error';

/**
 * Sends one command of the api crate to the desktop shell and gives back its answer.
 *
 * Rejects with an `ApiError`, whatever went wrong: the interface never sees another kind of failure.
 */
export async function invoke<T>(name: string, body: unknown): Promise<T> {
  try {
    return await tauriInvoke<T>('call', { name, body });
  } catch (cause) {
    throw ApiError.from(cause);
  }
}
