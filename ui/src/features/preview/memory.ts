import type { Savers } from '../../shared/saving';
import type { ContextDraft } from './context';

/** Where the preview was left. */
interface Left {
  flowRun?: string | undefined;
  actionKey?: string | undefined;
  /** What the Creator says, by action. */
  contexts: Record<string, ContextDraft>;
}

/** What the preview of an app remembers while it is closed, for as long as the app is on screen. */
export class PreviewMemory {
  left: Left = { contexts: {} };
  private handled = 0;

  remember(change: Partial<Left>): void {
    this.left = { ...this.left, ...change };
  }

  /** Whether a request to run is a new one; each is carried out once. */
  takeRequest(request: number): boolean {
    if (this.handled === request) return false;
    this.handled = request;
    return request > 0;
  }
}

const memories = new WeakMap<Savers, PreviewMemory>();

/** The memory of the app on screen, which its savers stand for. */
export function memoryOf(savers: Savers): PreviewMemory {
  const memory = memories.get(savers) ?? new PreviewMemory();
  memories.set(savers, memory);
  return memory;
}
