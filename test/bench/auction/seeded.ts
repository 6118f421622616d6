// Chance that is the same in every run: what happens follows from a word, such as a URL.

/** A number from 0 up to 1 that follows from a text (FNV-1a, mixed as in MurmurHash3). */
export function chanceOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** A latency as ad servers have it, in ms: log-normal, by its median and its 95th percentile. */
export type Latency = { readonly medianMs: number; readonly p95Ms: number };

/** The 95th percentile of the standard normal distribution. */
const Z95 = 1.6449;

/** A value of that distribution that follows from a text (Box and Muller). */
export function latencyOf(text: string, { medianMs, p95Ms }: Latency): number {
  const [radius, angle] = [chanceOf(`${text} radius`), chanceOf(`${text} angle`)];
  const normal = Math.sqrt(-2 * Math.log(1 - radius)) * Math.cos(2 * Math.PI * angle);
  return medianMs * Math.exp((Math.log(p95Ms / medianMs) / Z95) * normal);
}
