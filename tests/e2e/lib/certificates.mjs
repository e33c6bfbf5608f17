// Certificates that nobody has vouched for.

import { X509Certificate, createHash } from "node:crypto";

/** SHA-256, in base64, of a certificate's public key: how a browser is told to trust it. */
export function keyOf(certificate) {
  const key = new X509Certificate(certificate).publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(key).digest("base64");
}
