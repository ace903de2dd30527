import type { App, FunctionKind } from '../../generated/api';
import { pretty } from '../../shared/json';

const ASSIGNEES = [
  { user: { id: 'user-1', name: 'Assignee 1', email: 'assignee1@example.test' } },
  { user: { id: 'user-2', name: 'Assignee 2', email: 'assignee2@example.test' } },
];

/**
 * Parameters to try a function with, as the framework would send them (contract chapters 5 to 10). `credential` and
 * `identity` are left out: the chosen account brings them.
 */
export function exampleParameters(kind: FunctionKind, app: App): Record<string, unknown> {
  const action = app.actions[0];
  const action_key = action?.key ?? 'action';
  const isAction = action === undefined || action.type === 'APP_ACTION_TYPE_ACTION';
  switch (kind) {
    case 'identity':
      return {};
    case 'build':
      return {
        context: isAction
          ? { action_key, title: action?.title ?? 'Title', assignees: ASSIGNEES }
          : { action_key },
        input: {},
      };
    case 'action':
      return {
        context: { action_key, ...actionContext(action?.type) },
        input: {},
        callback: {
          token: 'test-token',
          ...(isAction ? { redirect: 'http://127.0.0.1/redirect' } : {}),
          webhook: 'http://127.0.0.1/webhook',
        },
      };
    case 'redirect':
      return { input: { state: 'test-token' } };
    case 'webhook':
      return {
        input: { content_type: 'application/json', body_base64: btoa('{"token": "test-token"}') },
      };
  }
}

function actionContext(type: App['actions'][number]['type'] | undefined): Record<string, unknown> {
  switch (type) {
    case 'APP_ACTION_TYPE_AUTOMATION':
    case 'APP_ACTION_TYPE_AWAIT':
      return { attempts: 1 };
    case 'APP_ACTION_TYPE_TRIGGER':
      return { trigger_activation_time: Date.now() };
    default:
      return { assignees: ASSIGNEES };
  }
}

/** What was typed and chosen for the test-run of a function; kept while the program runs. */
export interface RunInputs {
  text: string;
  /** `CredentialView::id`; empty = none. Absent = not chosen yet. */
  credential?: string;
}

const remembered = new Map<string, RunInputs>();

/** The inputs of the last test-run of a function, or an example. */
export function runInputs(appId: string, kind: FunctionKind, app: App): RunInputs {
  return remembered.get(`${appId} ${kind}`) ?? { text: pretty(exampleParameters(kind, app)) };
}

export function rememberRunInputs(appId: string, kind: FunctionKind, inputs: RunInputs): void {
  remembered.set(`${appId} ${kind}`, inputs);
}
