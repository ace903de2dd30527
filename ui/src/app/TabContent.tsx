import { Button, VisuallyHidden } from '@mantine/core';
import { IconCornerUpLeft, IconWebhook } from '@tabler/icons-react';

import { ActionsTab } from '../features/actions/ActionsTab';
import { AuthorizationTab } from '../features/authorization/AuthorizationTab';
import { BasicsTab } from '../features/basics/BasicsTab';
import { FunctionTab } from '../features/function/FunctionTab';
import type { AppView, FunctionKind } from '../generated/api';
import { EmptyState } from '../shared/components/EmptyState';
import { useDefinition } from '../shared/draft/DraftContext';
import { useNavigation } from '../shared/navigation';
import { TABS } from '../shared/tabs';
import classes from './AppFrame.module.css';
import { isOff } from './TabRail';
import { useSwitchFunction } from './useSwitchFunction';

/** The tab on show. */
export function TabContent({ view }: { view: AppView }) {
  const definition = useDefinition();
  const { arrival } = useNavigation();
  const tab = TABS.find((one) => one.id === arrival.tab);
  if (!tab) return null;
  return (
    <div id="tab-panel" role="tabpanel" aria-labelledby={`tab-${tab.id}`} style={{ height: '100%' }}>
      {tab.id === 'basics' && <BasicsTab view={view} />}
      {tab.id === 'actions' && <ActionsTab />}
      {tab.id === 'authorization' && <AuthorizationTab view={view} />}
      {/* The editor fills the tab, so that its heading is only read out. */}
      {tab.kind && <VisuallyHidden component="h1">{tab.label}</VisuallyHidden>}
      {tab.kind &&
        (isOff(definition, tab) ? (
          <SwitchedOff appId={view.id} kind={tab.kind} label={tab.label} />
        ) : (
          <FunctionTab key={tab.kind} appId={view.id} kind={tab.kind} />
        ))}
    </div>
  );
}

interface SwitchedOffProps {
  appId: string;
  kind: FunctionKind;
  label: string;
}

/** Stands in the place of a function that the app does without. */
function SwitchedOff({ appId, kind, label }: SwitchedOffProps) {
  const { toggle, pending } = useSwitchFunction(appId, kind);
  const text =
    kind === 'redirect'
      ? 'Switch it on when an external page sends people back to the redirect URL and the step goes on from there.'
      : 'Switch it on when an external service reports to the webhook URL and the step goes on from there.';
  return (
    <div className={classes.off}>
      <EmptyState
        icon={kind === 'redirect' ? IconCornerUpLeft : IconWebhook}
        title={`${label} is switched off`}
        text={`${text} A file that is there already is kept as it is.`}
      >
        <Button mt={6} loading={pending} onClick={() => toggle(true)}>
          Switch on
        </Button>
      </EmptyState>
    </div>
  );
}
