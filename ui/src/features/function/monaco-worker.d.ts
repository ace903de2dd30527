/** What the function editor uses of Monaco's TypeScript worker, which comes without types. */
declare module 'monaco-editor/language/typescript/ts.worker' {
  export interface WorkerContext {
    getMirrorModels: () => { uri: { toString: () => string }; version: number; getValue: () => string }[];
  }

  export interface WorkerData {
    compilerOptions?: Record<string, unknown>;
    extraLibs?: Record<string, { content: string; version: number }>;
  }

  interface Snapshot {
    getText: (start: number, end: number) => string;
    getLength: () => number;
    getChangeRange: () => undefined;
  }

  export class TypeScriptWorker {
    constructor(context: WorkerContext, data: WorkerData);
    static clearFiles(diagnostics: unknown[]): unknown[];
    getScriptFileNames(): string[];
    getScriptVersion(name: string): string;
    getScriptSnapshot(name: string): Snapshot | undefined;
    getScriptKind(name: string): number;
    getSyntacticDiagnostics(name: string): Promise<unknown[]>;
    fileExists(name: string): boolean;
    readFile(name: string): string | undefined;
  }

  export function initialize(factory: (context: WorkerContext, data: WorkerData) => TypeScriptWorker): void;

  interface LanguageService {
    getSyntacticDiagnostics(name: string): unknown[];
  }

  interface LanguageServiceHost {
    getCompilationSettings: () => Record<string, unknown>;
    getScriptFileNames: () => string[];
    getScriptVersion: (name: string) => string;
    getScriptSnapshot: (name: string) => Snapshot | undefined;
    getScriptKind: (name: string) => number;
    getCurrentDirectory: () => string;
    getDefaultLibFileName: () => string;
    fileExists: (name: string) => boolean;
    readFile: (name: string) => string | undefined;
  }

  export const ts: {
    createLanguageService: (host: LanguageServiceHost) => LanguageService;
    ScriptKind: { JS: number; TS: number };
  };
}
