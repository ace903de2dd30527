import type { CredentialView } from '../../generated/api';

/** What an account is called: by its author's own name for it, or as its service calls it. */
export function accountName(credential: CredentialView): string {
  return credential.name ?? credential.display_id;
}
