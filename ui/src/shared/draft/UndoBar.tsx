import { Button, CloseButton, Group, Text } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useState } from 'react';

import type { App } from '../../generated/api';
import { useDraft, useDraftState } from './DraftContext';
import type { Undo } from './draft';
import classes from './UndoBar.module.css';

interface UndoBarProps {
  /** Whose undo it shows: `Undo.place`. */
  place: string;
  /** What brings back what an undo takes away; undefined where nothing was entered since. */
  keep: (definition: App) => ((definition: App) => App) | undefined;
}

const TAKEN_BACK = 'Taken back: ';

/** A way back from the last large change of a place; stays until it is used, closed, or the definition comes from disk. */
export function UndoBar({ place, keep }: UndoBarProps) {
  const draft = useDraft();
  const { undoable, definition } = useDraftState();
  const [closed, setClosed] = useState<Undo>();
  const undo = undoable.findLast((one) => one.place === place);
  if (!undo || undo === closed) return null;
  const goBack = () => {
    const revert = keep(definition);
    // Back from a way back is the way there again.
    const label = undo.label.startsWith(TAKEN_BACK)
      ? undo.label.slice(TAKEN_BACK.length)
      : `${TAKEN_BACK}${undo.label}`;
    draft.undo(undo, revert && { label, place, revert });
  };
  return (
    <div className={classes.bar} role="status">
      <Text size="sm" style={{ overflowWrap: 'anywhere', minWidth: 0 }}>
        {undo.label}
      </Text>
      <Group gap={4} wrap="nowrap">
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<IconArrowBackUp size={14} aria-hidden />}
          onClick={goBack}
        >
          Undo
        </Button>
        <CloseButton size="sm" aria-label="Close the offer to undo" onClick={() => setClosed(undo)} />
      </Group>
    </div>
  );
}
