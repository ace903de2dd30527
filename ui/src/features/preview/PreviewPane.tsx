import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';

import { commands } from '../../generated/api';
import type { Action, FlowRunView } from '../../generated/api';
import { useDefinition } from '../../shared/draft/DraftContext';
import { keys } from '../../shared/queries';
import { useSavers } from '../../shared/saving';
import { creatorContext, exampleContext } from './context';
import { InboxView } from './InboxView';
import { memoryOf } from './memory';
import classes from './preview.module.css';
import { RunView } from './RunView';
import { Split } from './Split';
import { StartView } from './StartView';
import { useRunCommand } from './useRunCommand';

export interface PreviewPaneProps {
  appId: string;
  /** Grows each time the user asks to run the preview (Ctrl+Enter); 0 = not asked yet. */
  runRequest?: number;
}

/** The preview of an app: a flow run as the Moxo client shows it, with its timeline. */
export function PreviewPane({ appId, runRequest = 0 }: PreviewPaneProps) {
  const memory = memoryOf(useSavers());
  const { actions } = useDefinition();
  const client = useQueryClient();
  const { move, pending } = useRunCommand();
  const [flowRun, setFlowRun] = useState(memory.left.flowRun);
  const [actionKey, setActionKey] = useState(memory.left.actionKey);
  const [contexts, setContexts] = useState(memory.left.contexts);
  const action = actions.find((one) => one.key === actionKey) ?? actions[0];
  const contextOf = (one: Action) => contexts[one.key] ?? exampleContext(one.title);

  const open = (id: string | undefined) => {
    memory.remember({ flowRun: id });
    setFlowRun(id);
  };
  const start = async (one: Action | undefined) => {
    if (!one) return;
    const isAction = one.type === 'APP_ACTION_TYPE_ACTION';
    const run = await move('The flow run could not be started', () =>
      commands.startFlow({
        app: appId,
        action_key: one.key,
        ...(isAction ? { context: creatorContext(contextOf(one)) } : {}),
      }),
    );
    if (run) open(run.id);
  };

  /** Ctrl+Enter: goes on with the code as it is now where that can be, else begins a new run. */
  const runNow = async () => {
    const run = flowRun === undefined ? undefined : client.getQueryData<FlowRunView>(keys.flowRun(flowRun));
    if (run?.busy || run?.view.waiting_for?.type === 'credential') return;
    const stopped = run?.view.stage === 'build' || run?.view.problem != null;
    if (run?.view.can_retry && stopped) {
      await move('The function could not be called again', () => commands.retryCall({ flow_run: run.id }));
    } else {
      await start(actions.find((one) => one.key === run?.action_key) ?? action);
    }
  };
  const onRequest = useEffectEvent(() => void runNow());
  useEffect(() => {
    if (!memory.takeRequest(runRequest)) return;
    // After this effect: running changes what is on screen.
    queueMicrotask(() => onRequest());
  }, [memory, runRequest]);

  const inbox = <InboxView appId={appId} onOpen={open} />;
  return (
    <div className={classes.root}>
      {flowRun === undefined ? (
        <Split
          main={
            <StartView
              appId={appId}
              actions={actions}
              action={action}
              context={action ? contextOf(action) : exampleContext('')}
              starting={pending}
              onAction={(key) => {
                memory.remember({ actionKey: key });
                setActionKey(key);
              }}
              onContext={(context) => {
                if (!action) return;
                const next = { ...contexts, [action.key]: context };
                memory.remember({ contexts: next });
                setContexts(next);
              }}
              onStart={() => void start(action)}
              onOpen={open}
            />
          }
          inbox={inbox}
        />
      ) : (
        <RunView
          key={flowRun}
          flowRun={flowRun}
          inbox={inbox}
          onClose={() => open(undefined)}
          onOpen={open}
          onStartAgain={(run) => void start(actions.find((one) => one.key === run.action_key) ?? action)}
        />
      )}
    </div>
  );
}
