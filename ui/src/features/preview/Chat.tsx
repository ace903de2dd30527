import { Badge, Loader, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconFile } from '@tabler/icons-react';

import type { AttachmentState, ChatItem } from '../../generated/api';
import { StatusBadge } from '../../shared/components/StatusBadge';
import { bytes, exactTime } from '../../shared/format';
import classes from './preview.module.css';

/** The workspace's conversation: what the step said and brought. */
export function Chat({ items }: { items: readonly ChatItem[] }) {
  if (items.length === 0) return null;
  return (
    <section aria-label="Workspace conversation">
      <Text size="sm" fw={600} mb={6}>
        Conversation
      </Text>
      <ol className={classes.chat} aria-live="polite">
        {items.map((item, index) => (
          <li key={index} className={classes.bubble} data-type={item.type}>
            <Item item={item} />
            <Text span fz={11} c="dimmed" title={exactTime(item.at)} className={classes.chatTime}>
              {new Date(item.at).toLocaleTimeString()}
            </Text>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Item({ item }: { item: ChatItem }) {
  switch (item.type) {
    case 'message':
      return <div className={classes.chatText}>{item.text}</div>;
    case 'attachment':
      return (
        <div className={classes.chatRow}>
          <IconFile size={18} stroke={1.6} aria-hidden style={{ flexShrink: 0 }} />
          <div style={{ flex: 1, minWidth: 0 }}>
            <Text size="sm" fw={500} truncate title={item.file_name}>
              {item.file_name}
            </Text>
            <Text fz={12} c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {item.mime_type}
              {item.state.type === 'uploaded' && ` · ${bytes(item.state.size)}`}
              {item.state.type === 'failed' && ` · ${item.state.message}`}
            </Text>
          </div>
          <Attachment state={item.state} />
        </div>
      );
    case 'error':
      return (
        <div className={classes.chatRow}>
          <IconAlertTriangle
            size={16}
            aria-hidden
            color="var(--mantine-color-red-text)"
            style={{ flexShrink: 0 }}
          />
          <div style={{ minWidth: 0 }}>
            <Text size="sm" fw={600}>
              {item.title}
            </Text>
            <div className={classes.chatText}>{item.description}</div>
          </div>
        </div>
      );
    case 'status':
      return (
        <div className={classes.chatRow}>
          <IconCheck size={16} aria-hidden style={{ flexShrink: 0 }} />
          <div style={{ flex: 1, minWidth: 0 }}>
            <Text size="sm">Step {item.step + 1}</Text>
            {item.message != null && item.message !== '' && (
              <div className={classes.chatText}>{item.message}</div>
            )}
          </div>
          <StatusBadge status={item.status} />
        </div>
      );
  }
}

function Attachment({ state }: { state: AttachmentState }) {
  switch (state.type) {
    case 'fetching':
      return <Loader size={16} aria-label="Fetching" />;
    case 'uploaded':
      return <Badge color="teal">Uploaded</Badge>;
    case 'failed':
      return <Badge color="red">Failed</Badge>;
  }
}
