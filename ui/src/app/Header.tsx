import { ActionIcon, Button, Text, Tooltip, VisuallyHidden } from '@mantine/core';
import { openSpotlight } from '@mantine/spotlight';
import {
  IconAlertTriangle,
  IconArrowLeft,
  IconCircleCheck,
  IconCircleDot,
  IconCloudUpload,
  IconCommand,
  IconFileAlert,
  IconHistory,
  IconLayoutSidebarRight,
  IconRefresh,
  IconSettings,
} from '@tabler/icons-react';

import type { AppView } from '../generated/api';
import { AppLogo } from '../shared/components/AppLogo';
import { ThemeMenu } from '../shared/components/ThemeMenu';
import type { DraftStatus } from '../shared/draft/draft';
import { useDefinition } from '../shared/draft/DraftContext';
import { useDiagnostics } from '../shared/queries';
import { useSavingSummary } from '../shared/saving';
import classes from './AppFrame.module.css';
import { Foreign } from '../shared/components/Foreign';
import { legible } from '../shared/foreign';

interface HeaderProps {
  view: AppView;
  preview: boolean;
  problems: boolean;
  onBack: () => void;
  onHistory: () => void;
  onPreview: () => void;
  onProblems: () => void;
  onPublish: () => void;
  onSettings: () => void;
}

/** The app's name and state, and what can be done with the whole of it. */
export function Header({
  view,
  preview,
  problems,
  onBack,
  onHistory,
  onPreview,
  onProblems,
  onPublish,
  onSettings,
}: HeaderProps) {
  const { name } = useDefinition();
  const { data: diagnostics = [] } = useDiagnostics(view.id);
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length;
  const label = problemsLabel(errors, diagnostics.length - errors);

  return (
    <header className={classes.header}>
      <Tooltip label="Back to start" position="bottom">
        <ActionIcon size="lg" aria-label="Back to start" onClick={onBack}>
          <IconArrowLeft size={18} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <div className={classes.title}>
        <AppLogo name={name} src={view.logo} size={28} />
        <Text fw={600} truncate title={`${legible(name)} — ${view.path}`}>
          {name === '' ? 'Untitled app' : <Foreign text={name} />}
        </Text>
        <SaveState />
      </div>
      <Tooltip label={label} position="bottom">
        <Button
          variant={problems ? 'light' : 'subtle'}
          color={errors > 0 ? 'red' : diagnostics.length > 0 ? 'orange' : 'gray'}
          px={10}
          aria-label={label}
          aria-pressed={problems}
          leftSection={
            diagnostics.length > 0 ? (
              <IconAlertTriangle size={16} aria-hidden />
            ) : (
              <IconCircleCheck size={16} aria-hidden />
            )
          }
          onClick={onProblems}
        >
          {diagnostics.length > 0 ? diagnostics.length : 'No problems'}
        </Button>
      </Tooltip>
      <Tooltip label="Commands (Ctrl+K)" position="bottom">
        <ActionIcon size="lg" aria-label="Commands" onClick={openSpotlight}>
          <IconCommand size={18} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="History of flow runs" position="bottom">
        <ActionIcon size="lg" aria-label="History of flow runs" onClick={onHistory}>
          <IconHistory size={18} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <ThemeMenu />
      <Tooltip label="Settings" position="bottom">
        <ActionIcon size="lg" aria-label="Settings" onClick={onSettings}>
          <IconSettings size={18} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Button
        variant={preview ? 'light' : 'default'}
        aria-pressed={preview}
        leftSection={<IconLayoutSidebarRight size={16} aria-hidden />}
        onClick={onPreview}
      >
        Preview
      </Button>
      <Button leftSection={<IconCloudUpload size={16} aria-hidden />} onClick={onPublish}>
        Publish
      </Button>
    </header>
  );
}

function problemsLabel(errors: number, warnings: number): string {
  if (errors + warnings === 0) return 'No problems';
  const parts = [
    errors > 0 ? `${errors} error${errors === 1 ? '' : 's'}` : '',
    warnings > 0 ? `${warnings} warning${warnings === 1 ? '' : 's'}` : '',
  ];
  // Begins with what the button shows.
  return `${errors + warnings} problems: ${parts.filter((part) => part !== '').join(', ')}`.replace(
    /^1 problems/,
    '1 problem',
  );
}

const STATES: Record<DraftStatus, { text: string; icon: typeof IconRefresh }> = {
  saved: { text: 'Saved', icon: IconCircleCheck },
  saving: { text: 'Saving…', icon: IconRefresh },
  unsaved: { text: 'Unsaved', icon: IconCircleDot },
  conflict: { text: 'Changed on disk', icon: IconFileAlert },
  failed: { text: 'Not saved', icon: IconAlertTriangle },
};

/** Whether everything on screen is on disk; read out when it changes for the worse or is saved. */
function SaveState() {
  const { status, names } = useSavingSummary();
  const { text, icon: Icon } = STATES[status];
  return (
    <>
      <span className={classes.save} data-status={status} title={names === '' ? text : `${text}: ${names}`}>
        <Icon size={14} aria-hidden />
        {text}
      </span>
      <VisuallyHidden role="status">
        {status === 'saving' || status === 'unsaved'
          ? ''
          : `${text}${status === 'saved' ? '' : `: ${names}`}`}
      </VisuallyHidden>
    </>
  );
}
