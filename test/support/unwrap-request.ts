import type { UnwrapOptions, UnwrapRequest } from '../../src/unwrap/request.ts';

type Over = Partial<Omit<UnwrapRequest, 'options' | 'input'>> & { readonly options?: Partial<UnwrapOptions> };

/** A request as the service makes one of `{ url }` or `{ adm }` and nothing else. */
export function unwrapRequest(input: UnwrapRequest['input'], over: Over = {}): UnwrapRequest {
  const { options, ...rest } = over;
  return {
    input,
    options: {
      maxWrappers: 5,
      maxFetches: 16,
      onTimeout: 'none',
      probe: 'off',
      dedupe: 'none',
      errors303: 'chain',
      errors3: 'all',
      repair: false,
      ...options,
    },
    imp: null,
    bid: null,
    blocked: { cat: [], adv: [] },
    device: null,
    regs: null,
    user: null,
    site: null,
    app: null,
    source: null,
    macros: {},
    creative: { bidder: null, crid: null },
    ...rest,
  };
}
