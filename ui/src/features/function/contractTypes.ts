import type { FunctionKind } from '../../generated/api';
import contract from './types/contract.dts?raw';
import environment from './types/environment.dts?raw';

const HANDLERS: Record<FunctionKind, string> = {
  identity: 'Handler<IdentityParameters, IdentityReturn>',
  build: 'Handler<BuildParameters, BuildReturn>',
  action: 'Handler<ActionParameters, ActionReturn>',
  redirect: 'Handler<RedirectParameters, CallbackReturn>',
  webhook: 'Handler<WebhookParameters, CallbackReturn>',
};

/** Declarations for the editor of one function: the runtime, the contract, and this function's `handler`. */
export function contractTypes(kind: FunctionKind): { filePath: string; content: string }[] {
  const exported = `
interface Exported {
  handler: ${HANDLERS[kind]};
  [name: string]: any;
}
declare var exports: Exported;
declare var module: { exports: Exported };
`;
  return [
    { filePath: 'file:///types/environment.d.ts', content: environment },
    { filePath: 'file:///types/contract.d.ts', content: contract },
    { filePath: 'file:///types/exports.d.ts', content: exported },
  ];
}
