import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import { readdirSync } from 'node:fs';
import tseslint from 'typescript-eslint';

/** The layers of ui/src: app → features → shared → generated → platform. A feature never imports another. */
const features = readdirSync(new URL('./src/features', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

const tauri = {
  group: ['@tauri-apps/*'],
  message: 'Only src/platform talks to the desktop shell.',
};
const monaco = {
  group: ['monaco-editor', 'monaco-editor/*'],
  message: 'Only src/features/function loads Monaco, and lazily.',
};
const app = {
  group: ['**/app/*', '**/app'],
  message: 'The app shell imports features, never the other way.',
};
const anyFeature = { group: ['**/features/**'], message: 'This layer knows no feature.' };
const anyShared = { group: ['**/shared/**'], message: 'This layer stands below shared.' };

/** The rule with the patterns that a layer must not import. */
function forbid(...patterns) {
  return { 'no-restricted-imports': ['error', { patterns }] };
}

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/generated'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ['**/*.{ts,tsx}'] })),
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
      globals: globals.browser,
    },
    plugins: { 'react-hooks': hooks },
    rules: {
      ...hooks.configs.recommended.rules,
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-invalid-void-type': ['error', { allowInGenericTypeArguments: true }],
    },
  },
  { files: ['*.js'], languageOptions: { globals: globals.node } },
  { files: ['src/**/*.{ts,tsx}'], rules: forbid(tauri, monaco) },
  { files: ['src/platform/**'], rules: forbid(monaco, app, anyFeature, anyShared) },
  { files: ['src/shared/**'], rules: forbid(tauri, monaco, app, anyFeature) },
  ...features.map((feature) => ({
    files: [`src/features/${feature}/**`],
    rules: forbid(
      tauri,
      app,
      ...(feature === 'function' ? [] : [monaco]),
      ...features
        .filter((other) => other !== feature)
        .map((other) => ({
          group: [`../${other}/**`, `../${other}`, `**/features/${other}/**`],
          message: `features/${feature} does not know features/${other}: share through src/shared or join in src/app.`,
        })),
    ),
  })),
);
