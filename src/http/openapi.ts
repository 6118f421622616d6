import { z } from 'zod';
import { COMPONENTS, type JsonSchema } from './operations.ts';
import type { Route } from './route.ts';

/** The OpenAPI 3.1 document of the public listener: an operation for each of its routes. */
export function openApi(version: string, routes: readonly Pick<Route, 'method' | 'path' | 'operation'>[]): JsonSchema {
  const byPath = Map.groupBy(routes, ({ path }) => path);
  return {
    openapi: '3.1.0',
    info: {
      title: 'vast-unwrap',
      version,
      description: 'VAST unwrapping and creative validation under one shared deadline.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths: Object.fromEntries([...byPath].map(([path, rows]) => [path, operationsOf(rows)])),
    components: { schemas: componentSchemas() },
  };
}

function operationsOf(rows: readonly Pick<Route, 'method' | 'operation'>[]): JsonSchema {
  return Object.fromEntries(rows.map(({ method, operation }) => [method.toLowerCase(), operation]));
}

function componentSchemas(): JsonSchema {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(COMPONENTS)) registry.add(schema, { id });
  return z.toJSONSchema(registry, { io: 'input', uri: (id) => `#/components/schemas/${id}` }).schemas;
}
