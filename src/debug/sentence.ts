/** A message as a part of a sentence. */
export const clause = (message: string): string => message.replace(/(?<![.\s])[.\s]+$/, '');

/** A message as a sentence; a name that it begins with, such as `firstQuartile` or a host, stays as it is. */
export const sentenceOf = (message: string): string =>
  `${clause(message)}.`
    .replace(/^[a-z]+(?=[ ,:;])/, (word) => word.charAt(0).toUpperCase() + word.slice(1))
    .replace(/([?!])\.$/, '$1');
