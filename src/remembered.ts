/** How many texts are remembered, and how long each may be, in characters. */
const MOST = 1000;
const LONGEST = 256;

/**
 * The same function of a text, which remembers what it gave lately: for texts that mostly come again, such as the name of
 * a host or the value of a header. Strangers write them: so long ones are worked out each time, and where they are many
 * all are forgotten at once.
 *
 * @param of pure: what it gives is given again
 */
export function remembered<Value>(of: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined || known.has(text)) return before as Value;
    const value = of(text);
    if (text.length > LONGEST) return value;
    if (known.size >= MOST) known.clear();
    known.set(text, value);
    return value;
  };
}
