import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';

import { TextDifference } from '../shared/difference/TextDifference';
import { useDraft, useDraftState } from '../shared/draft/DraftContext';
import { useSettle } from '../shared/draft/useSettle';
import classes from './ConflictDialog.module.css';

/** app.json was changed by someone else while there are edits here: both texts, and the choice. */
export function ConflictDialog() {
  const draft = useDraft();
  const { conflict } = useDraftState();
  const { busy, settle } = useSettle();
  // Closing only puts the question off: nothing is written until it is answered. A new version asks anew.
  const [later, setLater] = useState<string>();

  return (
    <>
      {conflict && later === conflict.version && (
        <div className={classes.bar} role="alert">
          <Text size="sm" fw={500}>
            app.json was changed on disk. Your edits are not saved.
          </Text>
          <Button size="xs" variant="white" onClick={() => setLater(undefined)}>
            Compare and choose
          </Button>
        </div>
      )}
      <Modal
        opened={conflict !== undefined && later !== conflict.version}
        onClose={() => setLater(conflict?.version)}
        title="app.json changed on disk"
        size={920}
      >
        <Stack>
          <Text size="sm">
            Another program wrote app.json while you were editing. Nothing of yours was saved over it. Which
            of the two should stay?
          </Text>
          <TextDifference
            label="app.json"
            left={conflict?.theirs ?? ''}
            right={conflict?.mine ?? ''}
            leftTitle="Theirs, as it is on disk"
            rightTitle="Mine, as edited here"
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" disabled={busy} onClick={() => settle(() => draft.takeTheirs())}>
              Take theirs
            </Button>
            <Button loading={busy} onClick={() => settle(() => draft.keepMine())}>
              Keep mine
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
