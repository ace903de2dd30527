import { Switch, Tooltip, UnstyledButton } from '@mantine/core';
import { useRef, type KeyboardEvent } from 'react';

import type { App, Diagnostic, FunctionKind } from '../generated/api';
import { useDefinition } from '../shared/draft/DraftContext';
import { useNavigation } from '../shared/navigation';
import { useDiagnostics } from '../shared/queries';
import { TABS, tabOf, type Tab } from '../shared/tabs';
import classes from './AppFrame.module.css';
import { TabIcon } from './TabIcon';
import { useSwitchFunction } from './useSwitchFunction';

interface TabRailProps {
  appId: string;
  /** Icons only, where the window is narrow. */
  narrow: boolean;
}

/** The eight tabs, with what is wrong in each, and the switches of the two that can be off. */
export function TabRail({ appId, narrow }: TabRailProps) {
  const definition = useDefinition();
  const { arrival, goTo } = useNavigation();
  const { data: diagnostics = [] } = useDiagnostics(appId);
  const list = useRef<HTMLDivElement>(null);

  const move = (event: KeyboardEvent) => {
    const at = TABS.findIndex((tab) => tab.id === arrival.tab);
    const last = TABS.length - 1;
    const to = { ArrowDown: at === last ? 0 : at + 1, ArrowUp: at === 0 ? last : at - 1, Home: 0, End: last }[
      event.key
    ];
    const tab = to === undefined ? undefined : TABS[to];
    if (!tab) return;
    event.preventDefault();
    goTo({ tab: tab.id });
    list.current?.querySelector<HTMLElement>(`#tab-${tab.id}`)?.focus();
  };

  return (
    <nav className={classes.rail} data-narrow={narrow || undefined} aria-label="App">
      <div
        ref={list}
        className={classes.tabs}
        role="tablist"
        aria-orientation="vertical"
        aria-label="Parts of the app"
        onKeyDown={move}
      >
        {TABS.map((tab) => (
          <TabButton
            key={tab.id}
            tab={tab}
            selected={arrival.tab === tab.id}
            off={isOff(definition, tab)}
            diagnostics={diagnostics.filter((found) => tabOf(found.path, found.file) === tab.id)}
            hint={narrow}
            onSelect={() => goTo({ tab: tab.id })}
          />
        ))}
      </div>
      {/* Beside the tab list, not in it: a tab may hold no other control. They stand over the last two tabs. */}
      <div className={classes.switches} style={{ marginTop: 'calc(var(--tab-height) * -2)' }}>
        <FunctionSwitch appId={appId} kind="redirect" label="Redirect Function" />
        <FunctionSwitch appId={appId} kind="webhook" label="Webhook Function" />
      </div>
    </nav>
  );
}

/** Whether a tab's function is switched off. */
export function isOff(definition: App, tab: Tab): boolean {
  if (tab.id === 'redirect') return definition.redirect_function == null;
  if (tab.id === 'webhook') return definition.webhook_function == null;
  return false;
}

interface TabButtonProps {
  tab: Tab;
  selected: boolean;
  off: boolean;
  diagnostics: readonly Diagnostic[];
  /** Its label may be hidden, so that a hint has to name it; else a hint would only cover the page. */
  hint: boolean;
  onSelect: () => void;
}

function TabButton({ tab, selected, off, diagnostics, hint, onSelect }: TabButtonProps) {
  const worst = diagnostics.some((found) => found.severity === 'error') ? 'error' : 'warning';
  const count = diagnostics.length;
  const number = TABS.indexOf(tab) + 1;
  return (
    <>
      {tab.id === 'identity' && (
        <div className={classes.group} role="presentation" aria-hidden>
          Functions
        </div>
      )}
      <Tooltip label={`${tab.label} (Ctrl+${number})`} position="right" openDelay={700} disabled={!hint}>
        <UnstyledButton
          id={`tab-${tab.id}`}
          className={`${classes.tab ?? ''} ${tab.canBeOff ? (classes.withSwitch ?? '') : ''}`}
          role="tab"
          aria-selected={selected}
          aria-controls="tab-panel"
          aria-label={tab.label}
          aria-keyshortcuts={`Control+${number}`}
          aria-description={describe(off, count, worst)}
          tabIndex={selected ? 0 : -1}
          data-off={off || undefined}
          onClick={onSelect}
        >
          <TabIcon tab={tab.id} />
          <span className={classes.label}>{tab.label}</span>
          {count > 0 && (
            // Drawn by the style sheet: the tab's name stays its label, and the description tells the count.
            <span className={classes.count} data-severity={worst} data-count={count} aria-hidden />
          )}
        </UnstyledButton>
      </Tooltip>
    </>
  );
}

function describe(off: boolean, count: number, worst: string): string | undefined {
  const parts = [off ? 'switched off' : '', count > 0 ? `${count} problems, worst: ${worst}` : ''];
  const text = parts.filter((part) => part !== '').join(', ');
  return text === '' ? undefined : text;
}

function FunctionSwitch({ appId, kind, label }: { appId: string; kind: FunctionKind; label: string }) {
  const definition = useDefinition();
  const on = kind === 'redirect' ? definition.redirect_function != null : definition.webhook_function != null;
  const { toggle, pending } = useSwitchFunction(appId, kind);
  return (
    <div className={classes.switch}>
      <Tooltip label={on ? `${label} is on` : `${label} is off`} position="bottom-start">
        <Switch
          size="xs"
          aria-label={`${label} on`}
          checked={on}
          disabled={pending}
          onChange={(event) => toggle(event.currentTarget.checked)}
        />
      </Tooltip>
    </div>
  );
}
