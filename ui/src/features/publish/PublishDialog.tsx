import { Modal } from '@mantine/core';
import { useState } from 'react';

import { PublishForm } from './PublishForm';
import { PublishedView } from './PublishedView';
import type { Published, ServerView } from '../../generated/api';

export interface PublishDialogProps {
  appId: string;
  opened: boolean;
  onClose: () => void;
}

/** Publishing an app: where to, what would change, doing it, and what came of it. */
export function PublishDialog({ appId, opened, onClose }: PublishDialogProps) {
  const [busy, setBusy] = useState(false);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Publish"
      size={640}
      closeOnClickOutside={!busy}
      closeOnEscape={!busy}
      withCloseButton={!busy}
    >
      <Steps appId={appId} onClose={onClose} onBusy={setBusy} />
    </Modal>
  );
}

interface StepsProps {
  appId: string;
  onClose: () => void;
  onBusy: (busy: boolean) => void;
}

function Steps({ appId, onClose, onBusy }: StepsProps) {
  const [done, setDone] = useState<{ published: Published; server: ServerView }>();
  if (done) return <PublishedView published={done.published} server={done.server} onClose={onClose} />;
  return (
    <PublishForm
      appId={appId}
      onClose={onClose}
      onBusy={onBusy}
      onPublished={(published, server) => setDone({ published, server })}
    />
  );
}
