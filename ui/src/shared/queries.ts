import { QueryClient, skipToken, useQuery, useQueryClient } from '@tanstack/react-query';

import { commands } from '../generated/api';
import type { Event, FlowRunView, FunctionKind } from '../generated/api';

/** The names under which answers of the program are kept; events make them stale. */
export const keys = {
  start: ['start'] as const,
  app: (app: string) => ['app', app] as const,
  check: (app: string) => ['check', app] as const,
  secrets: (app: string) => ['secrets', app] as const,
  credentials: (app: string) => ['credentials', app] as const,
  functionSource: (app: string, kind: string) => ['function', app, kind] as const,
  flowRuns: (app: string) => ['flow_runs', app] as const,
  flowRun: (flowRun: string) => ['flow_run', flowRun] as const,
  inbox: (app: string) => ['inbox', app] as const,
  calls: (app: string, kind: string) => ['calls', app, kind] as const,
  call: (call: string) => ['call', call] as const,
  exchanges: (owner: string) => ['exchanges', owner] as const,
  token: (credential: string) => ['token', credential] as const,
  authorization: (authorization: string) => ['authorization', authorization] as const,
  servers: ['servers'] as const,
  plan: (app: string, server: string) => ['plan', app, server] as const,
  publishing: (app: string) => ['publishing', app] as const,
  allAppLimits: ['app_limits'] as const,
  appLimits: (app: string) => ['app_limits', app] as const,
  settings: ['settings'] as const,
  vault: ['vault'] as const,
};

/** One client for the window: answers come from this machine, so they are cheap to ask for again. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: 2_000, refetchOnWindowFocus: true } },
  });
}

/** How far publishing is, by part of the app; a part that was not begun is absent. */
export type PublishProgress = Readonly<Record<string, 'running' | 'done'>>;

/** Makes everything that an event touches be read again, and keeps what the event itself tells. */
export function invalidateFor(client: QueryClient, event: Event): void {
  const stale = (...queryKey: readonly string[]) => {
    // What is being read for the first time is not read again by an invalidation; its answer may be from before the event.
    for (const query of client.getQueryCache().findAll({ queryKey })) {
      if (query.state.data !== undefined || query.state.fetchStatus !== 'fetching') continue;
      const again = () => client.invalidateQueries({ queryKey: query.queryKey, exact: true });
      void query.promise?.then(again, again);
    }
    void client.invalidateQueries({ queryKey });
  };
  switch (event.kind) {
    case 'app_changed':
      stale('app', event.app);
      stale('check', event.app);
      stale('function', event.app);
      stale('secrets', event.app);
      stale('plan', event.app);
      break;
    case 'flow_run_changed':
      stale('flow_run', event.flow_run);
      stale('flow_runs', event.app);
      stale('calls', event.app);
      break;
    case 'authorization_changed':
      stale('authorization', event.authorization);
      stale('exchanges', event.authorization);
      break;
    case 'credentials_changed':
      stale('credentials', event.app);
      stale('token');
      // Runs show the state of their account.
      stale('flow_run');
      stale('exchanges');
      break;
    case 'inbox_changed':
      stale('inbox', event.app);
      break;
    case 'servers_changed':
      stale('servers');
      stale('plan');
      break;
    case 'vault_changed':
      // Everything that needed a secret and failed can be asked for again.
      void client.invalidateQueries();
      break;
    case 'publish_progress':
      client.setQueryData<PublishProgress>(keys.publishing(event.app), (known) => ({
        ...known,
        [event.what]: event.done ? 'done' : 'running',
      }));
      break;
    case 'notice':
      break;
  }
}

export function useStartScreen() {
  return useQuery({ queryKey: keys.start, queryFn: () => commands.startScreen() });
}

export function useAppView(app: string) {
  return useQuery({ queryKey: keys.app(app), queryFn: () => commands.readApp({ app }) });
}

export function useDiagnostics(app: string) {
  return useQuery({ queryKey: keys.check(app), queryFn: () => commands.checkApp({ app }) });
}

export function useSecretStates(app: string) {
  return useQuery({ queryKey: keys.secrets(app), queryFn: () => commands.secretStates({ app }) });
}

export function useCredentials(app: string) {
  return useQuery({ queryKey: keys.credentials(app), queryFn: () => commands.listCredentials({ app }) });
}

/** What went over the wire for an attempt or an account, the latest first. */
export function useExchanges(owner: string) {
  return useQuery({ queryKey: keys.exchanges(owner), queryFn: () => commands.listExchanges({ owner }) });
}

/** What is known of an account's token. */
export function useToken(credential: string) {
  return useQuery({ queryKey: keys.token(credential), queryFn: () => commands.readToken({ credential }) });
}

export function useServers() {
  return useQuery({ queryKey: keys.servers, queryFn: () => commands.listServers() });
}

/** How far the publishing that runs, or ran last, is. */
export function usePublishProgress(app: string) {
  return useQuery<PublishProgress>({
    queryKey: keys.publishing(app),
    queryFn: skipToken,
    staleTime: Infinity,
  });
}

export function useSettings() {
  return useQuery({ queryKey: keys.settings, queryFn: () => commands.readSettings() });
}

/** An app's own limits, and the program's. */
export function useAppLimits(app: string) {
  return useQuery({ queryKey: keys.appLimits(app), queryFn: () => commands.readAppLimits({ app }) });
}

export function useVault() {
  return useQuery({ queryKey: keys.vault, queryFn: () => commands.vaultStatus() });
}

export function useFunctionSource(app: string, kind: FunctionKind) {
  return useQuery({
    queryKey: keys.functionSource(app, kind),
    queryFn: () => commands.readFunction({ app, function: kind }),
  });
}

export function useFlowRuns(app: string) {
  return useQuery({ queryKey: keys.flowRuns(app), queryFn: () => commands.listFlowRuns({ app }) });
}

export function useFlowRun(flowRun: string) {
  const client = useQueryClient();
  return useQuery({
    queryKey: keys.flowRun(flowRun),
    queryFn: () => readFlowRun(flowRun, client.getQueryData<FlowRunView>(keys.flowRun(flowRun))),
  });
}

/**
 * Reads a run, and of its timeline only what is not known yet. Right in whatever order events come and answers arrive: a
 * timeline only grows, and the new messages are put behind exactly those that the program was told are known.
 */
export async function readFlowRun(flowRun: string, known: FlowRunView | undefined): Promise<FlowRunView> {
  const messages = known?.messages ?? [];
  const run = await commands.readFlowRun({ flow_run: flowRun, after: messages.length });
  return { ...run, messages: [...messages, ...run.messages] };
}

export function useInbox(app: string) {
  return useQuery({ queryKey: keys.inbox(app), queryFn: () => commands.listInbox({ app }) });
}

export function useAuthorization(authorization: string) {
  return useQuery({
    queryKey: keys.authorization(authorization),
    queryFn: () => commands.readAuthorization({ authorization }),
  });
}

/** The calls of one function, the latest first. */
export function useCalls(app: string, kind: FunctionKind) {
  return useQuery({
    queryKey: keys.calls(app, kind),
    queryFn: () => commands.listCalls({ app, function: kind }),
  });
}

/** One call; it never changes. Nothing is asked for while there is no id. */
export function useCall(call: string | undefined) {
  return useQuery({
    queryKey: keys.call(call ?? ''),
    queryFn: () => commands.readCall({ call: call ?? '' }),
    enabled: call !== undefined,
    staleTime: Infinity,
  });
}
