import js from '@eslint/js';
import regexp from 'eslint-plugin-regexp';
import ts from 'typescript-eslint';

export default ts.config(
  { ignores: ['node_modules/', 'dist/', 'coverage/', '.cache/', 'samples/**/*.js'] },
  js.configs.recommended,
  ...ts.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['eslint.config.js'] } } },
    rules: {
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
    },
  },
  {
    files: ['test/**/*.ts', 'samples/**/*.ts', 'docs/**/*.ts', 'src/cli.ts'],
    rules: {
      'no-console': 'off',
      // chai's property assertions are expressions
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
  {
    // what is not defined, the compiler says
    files: ['src/admin/browser/**/*.js'],
    rules: { 'no-undef': 'off' },
  },
  {
    // Strangers write what these look at: none may take more than a time in its length.
    files: ['src/**/*.ts', 'src/admin/browser/**/*.js'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
    },
  },
  {
    // V8 takes such functions for some that are there to stay (its parser calls them pretenured): they are old at once,
    // and whatever they can reach is kept until the next full collection. For each request that is the whole of it.
    files: ['src/**/*.ts'],
    // these make them once in a process
    ignores: [
      'src/egress/agents.ts',
      'src/egress/warm-connections.ts',
      'src/mcp/*',
      'src/telemetry/otlp-exporters.ts',
      'src/http/listener.ts',
    ],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "AssignmentExpression[left.type='MemberExpression'][right.type=/^(Arrow)?FunctionExpression$/]",
          message: 'Give the function a name first: `const f = ...; x.f = f`. Assigned like this, V8 makes it old.',
        },
        {
          selector: ':function ObjectExpression > Property[kind=/^[gs]et$/]',
          message: 'Put the accessor into a class or prototype: of a literal within a function, V8 makes it old.',
        },
      ],
    },
  },
  { files: ['eslint.config.js'], extends: [ts.configs.disableTypeChecked] },
);
