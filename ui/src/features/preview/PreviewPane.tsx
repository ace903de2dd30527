import { IconPlayerPlay } from '@tabler/icons-react';

import { EmptyState } from '../../shared/components/EmptyState';

export interface PreviewPaneProps {
  appId: string;
  /** Grows each time the user asks to run the preview (Ctrl+Enter); 0 = not asked yet. */
  runRequest?: number;
}

/**
 * The preview of an app: a flow run as the Moxo client shows it, with its timeline. What stands here is a placeholder.
 *
 * It is mounted in a pane that the app shell resizes or shows in full, so it fills its parent and scrolls by itself. A link
 * to a line of a function is `useNavigation().goTo({ tab: 'build', line, column })` (shared/navigation). Save what is
 * unsaved with `useSaveAll()` (shared/saving) before a run starts.
 */
export function PreviewPane({ appId }: PreviewPaneProps) {
  return (
    <EmptyState
      icon={IconPlayerPlay}
      title="The preview comes here"
      text={`A flow run of the app ${appId} is shown here, with its timeline.`}
    />
  );
}
