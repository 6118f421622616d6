import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';

/** What TLS is made with beside what Node has itself, each as PEM. */
export type TlsIdentity = {
  /** The certificate that is shown to servers which ask for one, with those that lead to its authority. */
  readonly cert?: string;
  readonly key?: string;
  /** Certificate authorities in place of the usual ones. */
  readonly ca?: string;
};

const EXAMPLE = '-----BEGIN CERTIFICATE-----';

/** What is wrong with it, field by field; nothing of what it holds. */
export function tlsMistakes({ cert, key, ca }: TlsIdentity): readonly { field: keyof TlsIdentity; mistake: string }[] {
  const own = cert === undefined ? null : readCertificate(cert);
  const privateKey = key === undefined ? null : readKey(key);
  const found = (field: keyof TlsIdentity, mistake: string) => ({ field, mistake });
  return [
    own === undefined ? [found('cert', `must be a certificate as PEM, beginning with ${EXAMPLE}`)] : [],
    typeof privateKey === 'string' ? [found('key', privateKey)] : [],
    ca !== undefined && readCertificate(ca) === undefined
      ? [found('ca', `must be certificates of authorities as PEM, beginning with ${EXAMPLE}`)]
      : [],
    own && privateKey && typeof privateKey !== 'string' && !own.checkPrivateKey(privateKey)
      ? [found('key', 'is not the key of the certificate: give the two that belong together')]
      : [],
    (cert === undefined) === (key === undefined)
      ? []
      : [found(cert === undefined ? 'cert' : 'key', 'is missing: give both')],
  ].flat();
}

/**
 * What is wrong with when its certificates hold; a server would refuse what does not hold now.
 * @param now ms since the epoch
 */
export function expiryOf(
  { cert, ca }: TlsIdentity,
  now: number,
): readonly { field: keyof TlsIdentity; mistake: string }[] {
  return (['cert', 'ca'] as const).flatMap((field) => {
    const pem = field === 'cert' ? cert : ca;
    const certificate = pem === undefined ? undefined : readCertificate(pem);
    if (certificate === undefined) return [];
    const [from, until] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
    if (now >= from && now <= until) return [];
    const when = now < from ? `holds only from ${dayOf(from)} on` : `holds no longer, since ${dayOf(until)}`;
    return [{ field, mistake: `${when}: give another` }];
  });
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** A name for what connections are made with: those of one name may be reused for another request with it. */
export function identityName({ cert, key, ca }: TlsIdentity): string {
  return createHash('sha256')
    .update(JSON.stringify([cert, key, ca]))
    .digest('base64url');
}

/** Undefined for what is none. Of several the first is read. */
function readCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function readKey(pem: string): ReturnType<typeof createPrivateKey> | string {
  try {
    return createPrivateKey(pem);
  } catch (error) {
    const isLocked = (error as NodeJS.ErrnoException).code === 'ERR_MISSING_PASSPHRASE' || /ENCRYPTED/.test(pem);
    return isLocked ? 'is locked by a passphrase: give it without one' : 'must be a private key as PEM';
  }
}
