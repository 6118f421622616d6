const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

/** `three breaks`, `one URL`, `no breaks`, `40 breaks`. */
export function countInWords(number: number, noun: string): string {
  return `${WORDS[number] ?? number} ${noun}${number === 1 ? '' : 's'}`;
}
