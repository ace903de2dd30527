import {
  initialize,
  ts,
  TypeScriptWorker,
  type WorkerContext,
  type WorkerData,
} from 'monaco-editor/language/typescript/ts.worker';

/**
 * The language worker of the function editor.
 *
 * An `index.js` is read twice. As TypeScript for completion and hover: only there does `exports.handler = …` take the types
 * of its parameters from the declared `exports`, without annotations by the author. As JavaScript for syntax errors, so
 * that a type annotation is told to be one.
 */
class FunctionWorker extends TypeScriptWorker {
  private readonly asJavaScript = ts.createLanguageService({
    getCompilationSettings: () => ({ allowJs: true, noLib: true, noResolve: true, target: 99 }),
    getScriptFileNames: () => this.getScriptFileNames().filter((name) => name.endsWith('.js')),
    getScriptVersion: (name) => this.getScriptVersion(name),
    getScriptSnapshot: (name) => this.getScriptSnapshot(name),
    getScriptKind: () => ts.ScriptKind.JS,
    getCurrentDirectory: () => '',
    getDefaultLibFileName: () => '',
    fileExists: (name) => this.fileExists(name),
    readFile: (name) => this.readFile(name),
  });

  override getScriptKind(name: string): number {
    return name.endsWith('.js') ? ts.ScriptKind.TS : super.getScriptKind(name);
  }

  override getSyntacticDiagnostics(name: string): Promise<unknown[]> {
    return Promise.resolve(TypeScriptWorker.clearFiles(this.asJavaScript.getSyntacticDiagnostics(name)));
  }
}

self.onmessage = () => {
  initialize((context: WorkerContext, data: WorkerData) => new FunctionWorker(context, data));
};
