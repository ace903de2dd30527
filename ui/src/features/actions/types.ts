import type { ActionType } from '../../generated/api';

/** The four kinds of process that an action can start (contract chapters 1 and 2). */
export const ACTION_TYPES: readonly { value: ActionType; label: string; text: string }[] = [
  { value: 'APP_ACTION_TYPE_ACTION', label: 'Action', text: 'A step on which an assignee clicks a button.' },
  { value: 'APP_ACTION_TYPE_AUTOMATION', label: 'Automation', text: 'Runs by itself when the step starts.' },
  {
    value: 'APP_ACTION_TYPE_AWAIT',
    label: 'Await',
    text: 'Starts with the step and waits for the outside world.',
  },
  {
    value: 'APP_ACTION_TYPE_TRIGGER',
    label: 'Trigger',
    text: 'Polls, and starts a flow for each group of variables.',
  },
];
