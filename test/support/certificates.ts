import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** A certificate and its key, PEM. */
export type Certificate = { readonly cert: string; readonly key: string };

/** An authority that can sign, for as long as a test runs. */
export type Authority = Certificate & {
  /** A server certificate for a name or an IPv4 address; valid now, unless `notAfter` says otherwise. */
  readonly issue: (dnsName: string, notAfter?: Date) => Certificate;
};

/** Makes a certificate authority, X.509 [RFC 5280] with ECDSA over P-256, so that no tool and no stored key is needed. */
export function createAuthority(name = 'Test CA'): Authority {
  const ca = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const self = certificate({
    subject: name,
    issuer: name,
    subjectKey: ca.publicKey,
    signer: ca.privateKey,
    isCa: true,
  });
  return {
    cert: self,
    key: pemKey(ca.privateKey),
    issue: (dnsName, notAfter) => {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const cert = certificate({
        subject: dnsName,
        issuer: name,
        subjectKey: publicKey,
        signer: ca.privateKey,
        isCa: false,
        dnsName,
        ...(notAfter === undefined ? {} : { notAfter }),
      });
      return { cert, key: pemKey(privateKey) };
    },
  };
}

const DAY_MS = 86_400_000;
const ECDSA_SHA256 = '1.2.840.10045.4.3.2';
const COMMON_NAME = '2.5.4.3';
const BASIC_CONSTRAINTS = '2.5.29.19';
const SUBJECT_ALT_NAME = '2.5.29.17';
const SUBJECT_KEY_ID = '2.5.29.14';

function certificate(of: {
  readonly subject: string;
  readonly issuer: string;
  readonly subjectKey: KeyObject;
  readonly signer: KeyObject;
  readonly isCa: boolean;
  readonly dnsName?: string;
  readonly notAfter?: Date;
}): string {
  const notAfter = of.notAfter ?? new Date(Date.now() + 30 * DAY_MS);
  const spki = of.subjectKey.export({ type: 'spki', format: 'der' });
  const keyId = createHash('sha1').update(spki).digest();
  const extensions = [
    extension(BASIC_CONSTRAINTS, sequence(of.isCa ? der(0x01, Buffer.from([0xff])) : Buffer.alloc(0))),
    extension(SUBJECT_KEY_ID, der(0x04, keyId)),
    ...(of.dnsName === undefined ? [] : [extension(SUBJECT_ALT_NAME, sequence(alternativeName(of.dnsName)))]),
  ];
  const algorithm = sequence(oid(ECDSA_SHA256));
  const toBeSigned = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    distinguishedName(of.issuer),
    sequence(time(new Date(notAfter.getTime() - 60 * DAY_MS)), time(notAfter)),
    distinguishedName(of.subject),
    spki,
    der(0xa3, sequence(...extensions)),
  );
  const signature = sign('sha256', toBeSigned, of.signer);
  const whole = sequence(toBeSigned, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = whole.toString('base64').match(/.{1,64}/g)!;
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/** A dNSName, or an iPAddress [RFC 5280, 4.2.1.6]. */
function alternativeName(name: string): Buffer {
  return isIPv4(name) ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name));
}

/** One value in DER [X.690]: tag, length, content. */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 128) return Buffer.concat([Buffer.from([tag, length]), content]);
  const bytes = length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...bytes]), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = rest.flatMap((value) => {
    const base128 = [value & 127];
    for (let left = value >> 7; left > 0; left >>= 7) base128.unshift((left & 127) | 128);
    return base128;
  });
  return der(0x06, Buffer.from([first * 40 + second, ...bytes]));
}

function distinguishedName(commonName: string): Buffer {
  return sequence(der(0x31, sequence(oid(COMMON_NAME), der(0x0c, Buffer.from(commonName)))));
}

/** UTCTime, which counts years up to 2049. */
function time(date: Date): Buffer {
  return der(
    0x17,
    Buffer.from(
      `${date
        .toISOString()
        .slice(2)
        .replaceAll(/[-:T]|\..*/g, '')}Z`,
    ),
  );
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(oid(id), der(0x04, value));
}

function pemKey(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
