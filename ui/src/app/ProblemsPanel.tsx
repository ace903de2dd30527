import { ActionIcon, Text, Title, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconX } from '@tabler/icons-react';

import type { Diagnostic } from '../generated/api';
import { EmptyState } from '../shared/components/EmptyState';
import { ErrorAlert } from '../shared/components/ErrorAlert';
import { useNavigation } from '../shared/navigation';
import { useDiagnostics } from '../shared/queries';
import { tabOf } from '../shared/tabs';
import classes from './AppFrame.module.css';

interface ProblemsPanelProps {
  appId: string;
  onClose: () => void;
}

/** What is wrong with the app; each finding leads to its place. */
export function ProblemsPanel({ appId, onClose }: ProblemsPanelProps) {
  const { data = [], error } = useDiagnostics(appId);
  const { goTo } = useNavigation();
  // Errors first; within a severity the order of the check, which is the order of the tabs.
  const sorted = data.toSorted((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'));
  return (
    <section className={classes.problems} aria-labelledby="problems-title">
      <div className={classes.problemsHead}>
        <Title order={2} id="problems-title" fz="sm" style={{ flex: 1 }}>
          Problems
        </Title>
        <ActionIcon aria-label="Close problems" onClick={onClose}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </div>
      {error && <ErrorAlert title="The app could not be checked" error={error} />}
      {!error && sorted.length === 0 && (
        <EmptyState
          compact
          icon={IconCircleCheck}
          title="No problems"
          text="The definition and the functions pass every check. Preview shows whether they do what you want."
        />
      )}
      {sorted.length > 0 && (
        <ul className={classes.problemsList}>
          {sorted.map((found, index) => (
            <li key={`${found.rule}-${found.path}-${index}`}>
              <UnstyledButton
                className={classes.problem}
                onClick={() =>
                  goTo({
                    tab: tabOf(found.path, found.file),
                    field: found.path === '' ? undefined : found.path,
                    line: found.line,
                    column: found.column,
                  })
                }
              >
                <SeverityIcon severity={found.severity} />
                <span style={{ flex: 1, minWidth: 0 }}>
                  {found.message}
                  {found.expected != null && (
                    <Text span size="xs" c="dimmed" display="block">
                      Expected: {found.expected}
                      {found.nearest != null && ` · did you mean ${found.nearest}?`}
                    </Text>
                  )}
                </span>
                <span className={classes.where} title={whereIs(found)}>
                  {whereIs(found)}
                </span>
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function SeverityIcon({ severity }: { severity: Diagnostic['severity'] }) {
  return severity === 'error' ? (
    <IconCircleX
      size={15}
      className={classes.problemIcon}
      color="var(--mantine-color-red-text)"
      role="img"
      aria-label="Error:"
    />
  ) : (
    <IconAlertTriangle
      size={15}
      className={classes.problemIcon}
      color="var(--mantine-color-orange-text)"
      role="img"
      aria-label="Warning:"
    />
  );
}

/** `functions/build/index.js:12:5`, or the field in app.json. */
function whereIs(found: Diagnostic): string {
  const file = found.file ?? 'app.json';
  if (file === 'app.json' && found.path !== '') return found.path;
  return [file, found.line, found.column].filter((part) => part != null).join(':');
}
