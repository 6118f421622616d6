/** One way to unwrap a tag over HTTP, run in a process of its own so that its CPU time is its own. */
export type Contender = {
  /** The URL that unwraps `tag` and answers with the merged document. */
  readonly urlFor: (tag: string) => string;
};

export type StartContender = () => Promise<Contender>;
