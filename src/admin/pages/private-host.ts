/** IPv4 ranges that are nobody's public host [RFC 6890 and later]. */
const RANGES = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];
const LOCAL_SUFFIXES = ['local', 'localhost', 'localdomain', 'internal', 'intranet', 'lan', 'home', 'arpa', 'onion'];

const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const numberOf = (address: string): number => address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
const blocked = RANGES.map((range) => {
  const [network = '', prefix] = range.split('/');
  return { first: numberOf(network), size: 2 ** (32 - Number(prefix)) };
});

/**
 * Does a host name of a URL lead into a network of one's own? Names are judged by their looks: where they lead, only who
 * asks finds out.
 */
export function isPrivateHost(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '').toLowerCase();
  if (ADDRESS.test(name)) {
    const address = numberOf(name);
    return blocked.some(({ first, size }) => address >= first && address < first + size);
  }
  // an address of the other family is in brackets: media is not shown from one
  return name.startsWith('[') || !name.includes('.') || LOCAL_SUFFIXES.includes(name.slice(name.lastIndexOf('.') + 1));
}
