import { Badge } from '@mantine/core';

import type { ActionType, FunctionKind, WaitingFor } from '../../generated/api';

const TYPES: Record<ActionType, string> = {
  APP_ACTION_TYPE_ACTION: 'Action',
  APP_ACTION_TYPE_AUTOMATION: 'Automation',
  APP_ACTION_TYPE_AWAIT: 'Await',
  APP_ACTION_TYPE_TRIGGER: 'Trigger',
};

/** What kind of process an action starts. */
export function TypeBadge({ type }: { type: ActionType }) {
  return (
    <Badge color="gray" style={{ flexShrink: 0 }}>
      {TYPES[type]}
    </Badge>
  );
}

/** `Build Function`. */
export function functionName(kind: FunctionKind): string {
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)} Function`;
}

/** What a run or a step waits for, in a sentence. */
export function waitingWords(waiting: WaitingFor): string {
  switch (waiting.type) {
    case 'credential':
      return 'Waits for an account.';
    case 'call':
      return `The ${functionName(waiting.function)} is running…`;
    case 'token_refresh':
      return 'The access token is being refreshed…';
    case 'form':
      return 'Waits for the Creator to fill the form.';
    case 'start':
      return 'Is about to start.';
    case 'button':
      return 'Waits for the assignee to click a button.';
    case 'step_form':
      return 'Waits for the assignee to fill the form.';
    case 'callback':
      if (waiting.redirect && waiting.webhook)
        return 'Waits for a callback: a redirect or a webhook request.';
      if (waiting.redirect) return 'Waits for the redirect: the external page has to come back.';
      if (waiting.webhook) return 'Waits for a webhook request of the external service.';
      return 'Waits for a callback, but neither the Redirect nor the Webhook Function is switched on.';
    case 'time':
      return 'Waits until the function is called again.';
    case 'poll':
      return 'Waits for the next poll.';
    case 'retry':
      return 'Stopped by an error. Mend the function and retry.';
  }
}
